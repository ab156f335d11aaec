import * as z from 'zod';
import { observationSchema } from '../decide/observation.ts';
import { policySchema } from '../decide/policy.ts';
import { reasonMeanings } from '../decide/reason.ts';
import { sizingSchema } from '../decide/sizing.ts';
import { renderChart } from './render-chart.ts';
import { renderCapacityTable, renderPredictionTable, renderQuotaAndCostTable } from './render-examples.ts';
import { renderMarkdownTable } from './render-table.ts';
import { type Example, examples } from './worked-examples.ts';

/** Files of this package that the code writes, by their path in it. A test checks that they are current. */
export function generatedFiles(readme: string): Record<string, string> {
  return {
    'README.md': fillReadme(readme),
    'worked-examples.svg': renderChart(),
    'schemas/observation.schema.json': schemaText(observationSchema),
    'schemas/policy.schema.json': schemaText(policySchema),
    'schemas/sizing.schema.json': schemaText(sizingSchema),
  };
}

/** What a person writes, so that defaults need not be there. */
function schemaText(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`;
}

function fillReadme(readme: string): string {
  const sections = {
    'quota-and-cost': renderQuotaAndCostTable(200_000),
    predictions: renderPredictionTable(),
    capacity: renderCapacityTable(examples.at(-1) as Example),
    reasons: renderMarkdownTable(['code', 'meaning'], Object.entries(reasonMeanings).map(reasonRow)),
  };
  return Object.entries(sections).reduce((text, [name, table]) => fillSection(text, name, table), readme);
}

function reasonRow([code, meaning]: [string, string]): string[] {
  return [`\`${code}\``, meaning];
}

/** Replaces what stands between `<!-- generated: NAME -->` and `<!-- end -->`. */
function fillSection(readme: string, name: string, table: string): string {
  const marked = new RegExp(`(<!-- generated: ${name} -->\n)[\\s\\S]*?(\n<!-- end -->)`);
  if (!marked.test(readme)) throw new Error(`README.md has no place for the generated table "${name}"`);
  return readme.replace(marked, (_all, start: string, end: string) => `${start}${table}${end}`);
}
