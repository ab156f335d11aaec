import XmlBuilder from 'fast-xml-builder';

const builder = new XmlBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: true });

/** What XML 1.0 cannot carry even escaped; a region's name comes from a feed. */
const unprintable = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu;

/** An element's content: text, nested elements in the order of their keys, or several of one name; `@name` is an attribute. */
export type Xml = string | number | { readonly [name: string]: Xml | readonly Xml[] | undefined };

/** A whole document with one root element. Keys with the value undefined are left out. */
export const toXml = (root: { readonly [name: string]: Xml }): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(printable(root))}`;

function printable(value: Xml | readonly Xml[]): unknown {
  if (typeof value === 'string') return value.replace(unprintable, '');
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((item: Xml) => printable(item));
  const entries = Object.entries(value).filter(([, content]) => content !== undefined);
  return Object.fromEntries(entries.map(([name, content]) => [name, printable(content as Xml)]));
}
