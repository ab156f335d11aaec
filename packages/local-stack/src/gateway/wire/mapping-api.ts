import type { Clock } from '@quakewire/core';
import type * as z from 'zod';
import type { Emulator } from '../emulator.ts';
import { consumerGroupId, createMapping, isSettled, type Mapping, updateMapping } from '../mapping.ts';
import type { MappingSupervisor } from '../mapping-supervisor.ts';
import type { StateFile } from '../state-file.ts';
import { AwsError, invalidParameter } from './aws-error.ts';
import type { JsonAnswer } from './json-answer.ts';
import { createMappingSchema, updateMappingSchema } from './mapping-schemas.ts';
import { mappingView } from './mapping-view.ts';
import { parseRequest } from './parse-request.ts';

export interface MappingApiOptions {
  state: StateFile;
  supervisor: MappingSupervisor;
  emulator: Pick<Emulator, 'functionArn'>;
  clock: Pick<Clock, 'wallMs'>;
  newUuid(): string;
}

/** The Lambda API's calls for self-managed Kafka; `null` = not ours, for the emulator to answer. */
export interface MappingApi {
  create(body: unknown): Promise<JsonAnswer | null>;
  get(uuid: string): JsonAnswer | null;
  /** Ours, by function name where one is given. */
  list(functionName: string | null): Promise<unknown[]>;
  update(uuid: string, body: unknown): Promise<JsonAnswer>;
  delete(uuid: string): Promise<JsonAnswer>;
  isOurs(uuid: string): boolean;
}

export function createMappingApi({ state, supervisor, emulator, clock, newUuid }: MappingApiOptions): MappingApi {
  const all = () => Object.values(state.current().mappings);
  const nowSeconds = () => clock.wallMs() / 1000;
  const view = (mapping: Mapping) => mappingView(mapping, supervisor.lastProcessingResult(mapping.uuid));

  function changeable(uuid: string): Mapping {
    const mapping = state.current().mappings[uuid];
    if (!mapping) throw new AwsError(404, 'ResourceNotFoundException', 'The resource you requested does not exist.');
    if (isSettled(mapping)) return mapping;
    const message = `Cannot update the event source mapping because it is in state ${mapping.state}.`;
    throw new AwsError(400, 'ResourceInUseException', message);
  }

  async function resolveFunction(functionName: string): Promise<string> {
    const arn = await emulator.functionArn(functionName);
    if (!arn) throw new AwsError(404, 'ResourceNotFoundException', `Function not found: ${functionName}`);
    return arn;
  }

  async function store(mapping: Mapping): Promise<void> {
    await state.change(({ mappings }) => ({ mappings: { ...mappings, [mapping.uuid]: mapping } }));
  }

  /** Answers with the mapping in transition; its poller follows by itself, as the provider polls for the state. */
  async function accept(mapping: Mapping): Promise<JsonAnswer> {
    await store(mapping);
    const answer = { status: 202, body: view(mapping) };
    void supervisor.follow(mapping.uuid);
    return answer;
  }

  return {
    async create(body) {
      if (!isSelfManagedKafka(body)) return null;
      const request = parseRequest(createMappingSchema, body);
      checkStart(request);
      const functionArn = await resolveFunction(request.FunctionName);
      const mapping = createMapping({ request, uuid: newUuid(), functionArn, nowSeconds: nowSeconds() });
      if (all().some((other) => consumerGroupId(other) === consumerGroupId(mapping))) {
        const message = `ConsumerGroupId: ${consumerGroupId(mapping)} is used by another event source mapping`;
        throw new AwsError(409, 'ResourceConflictException', message);
      }
      return accept(mapping);
    },
    get(uuid) {
      const mapping = state.current().mappings[uuid];
      return mapping ? { status: 200, body: view(mapping) } : null;
    },
    async list(functionName) {
      if (functionName === null) return all().map(view);
      const functionArn = await emulator.functionArn(functionName);
      return all()
        .filter((mapping) => mapping.functionArn === functionArn)
        .map(view);
    },
    async update(uuid, body) {
      const mapping = changeable(uuid);
      const delta = parseRequest(updateMappingSchema, body);
      const functionArn = delta.FunctionName ? await resolveFunction(delta.FunctionName) : mapping.functionArn;
      return accept(updateMapping(mapping, { delta, functionArn, nowSeconds: nowSeconds() }));
    },
    delete: async (uuid) => accept({ ...changeable(uuid), state: 'Deleting' }),
    isOurs: (uuid) => uuid in state.current().mappings,
  };
}

const isSelfManagedKafka = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'SelfManagedEventSource' in body;

function checkStart(request: z.infer<typeof createMappingSchema>): void {
  const needsTimestamp = request.StartingPosition === 'AT_TIMESTAMP';
  if (needsTimestamp === (request.StartingPositionTimestamp !== undefined)) return;
  throw invalidParameter('StartingPositionTimestamp: required with AT_TIMESTAMP, and only with it');
}
