import { type Mapping, mappingArn } from '../mapping.ts';
import type { StateFile } from '../state-file.ts';
import type { JsonAnswer } from './json-answer.ts';
import { tagMappingSchema } from './mapping-schemas.ts';
import { parseRequest } from './parse-request.ts';

/** Tags of our mappings (API_ListTags, API_TagResource, API_UntagResource); null = not ours, for the emulator to answer. */
export interface MappingTags {
  list(arn: string): JsonAnswer | null;
  add(arn: string, body: unknown): Promise<JsonAnswer | null>;
  remove(arn: string, keys: readonly string[]): Promise<JsonAnswer | null>;
}

export function createMappingTags(state: StateFile): MappingTags {
  const byArn = (arn: string): Mapping | undefined =>
    Object.values(state.current().mappings).find((mapping) => mappingArn(mapping) === arn);

  async function replaceTags(mapping: Mapping, tags: Record<string, string>): Promise<JsonAnswer> {
    await state.change(({ mappings }) => ({ mappings: { ...mappings, [mapping.uuid]: { ...mapping, tags } } }));
    return { status: 204 };
  }

  return {
    list(arn) {
      const mapping = byArn(arn);
      return mapping ? { status: 200, body: { Tags: mapping.tags } } : null;
    },
    async add(arn, body) {
      const mapping = byArn(arn);
      return mapping ? replaceTags(mapping, { ...mapping.tags, ...parseRequest(tagMappingSchema, body).Tags }) : null;
    },
    async remove(arn, keys) {
      const mapping = byArn(arn);
      const kept = Object.entries(mapping?.tags ?? {}).filter(([key]) => !keys.includes(key));
      return mapping ? replaceTags(mapping, Object.fromEntries(kept)) : null;
    },
  };
}
