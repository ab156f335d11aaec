/** The parts of an alarm that only the emulator knows: taken from its answer. */
const liveFields = ['AlarmArn', 'StateValue', 'StateReason'] as const;
/** Parameters of the put that the answer does not show. */
const hiddenParameters = /^(Action|Version|Tags\..*)$/;

type Tree = Map<string, Tree | string>;

/**
 * DescribeAlarms' answer with each alarm's fields as they were put: the emulator stores some and shows fewer, so that
 * Terraform would plan a change for ever. `puts` = the form parameters of each alarm's last put, by alarm name.
 */
export function rewriteAlarmMembers(xml: string, puts: Readonly<Record<string, Record<string, string>>>): string {
  // The emulator's members hold no lists of their own, so that the first closing tag is the member's.
  return xml.replace(/<member>(.*?)<\/member>/gs, (member, fields: string) => {
    const name = fieldOf(fields, 'AlarmName');
    const put = name === null ? undefined : puts[unescapeXml(name)];
    if (!put) return member;
    const live = liveFields.map((field) => `<${field}>${fieldOf(fields, field) ?? ''}</${field}>`).join('');
    return `<member>${live}${treeXml(parameterTree(put))}</member>`;
  });
}

/** `Dimensions.member.1.Name=x` becomes Dimensions > 1 > Name > x; the query protocol's lists are flat in names only. */
function parameterTree(parameters: Record<string, string>): Tree {
  const root: Tree = new Map([['ActionsEnabled', 'true']]);
  for (const [name, value] of Object.entries(parameters)) {
    if (hiddenParameters.test(name)) continue;
    const path = name.split('.').filter((part) => part !== 'member');
    insert(root, path, value);
  }
  return root;
}

function insert(tree: Tree, [head = '', ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    tree.set(head, value);
    return;
  }
  const known = tree.get(head);
  const child: Tree = known instanceof Map ? known : new Map();
  tree.set(head, child);
  insert(child, rest, value);
}

function treeXml(tree: Tree): string {
  return [...tree]
    .map(([name, value]) => {
      const tag = /^\d+$/.test(name) ? 'member' : name;
      return `<${tag}>${value instanceof Map ? treeXml(value) : escapeXml(value)}</${tag}>`;
    })
    .join('');
}

const fieldOf = (xml: string, field: string): string | null =>
  new RegExp(`<${field}>(.*?)</${field}>`, 's').exec(xml)?.[1] ?? null;

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' } as const;
const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character as keyof typeof entities]);
const unescapeXml = (text: string): string =>
  Object.entries(entities).reduceRight((rest, [character, entity]) => rest.replaceAll(entity, character), text);
