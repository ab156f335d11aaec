import type { Phrases } from './phrases.ts';

/** The e-mail's HTML: the lines of the text, the first one large, and the link that ends the subscription. */
export function toHtml(lines: readonly string[], phrases: Phrases, stopUrl: string | undefined): string {
  const [first = '', ...others] = lines.map(escapeHtml);
  const paragraphs = others.map((line) => `<p>${line}</p>`).join('');
  const link = stopUrl === undefined ? '' : escapeHtml(stopUrl);
  const stop = link === '' ? '' : `<p>${phrases.stop} <a href="${link}">${link}</a></p>`;
  return `<!doctype html><html lang="${phrases.language}"><body><h1>${first}</h1>${paragraphs}${stop}</body></html>`;
}

/** The region's name comes from a feed. */
const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
