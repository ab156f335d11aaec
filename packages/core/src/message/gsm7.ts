/** Letters that do not come apart into a base letter and a mark. */
const replacements: Readonly<Record<string, string>> = {
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  ł: 'l',
  Ł: 'L',
  ø: 'o',
  Ø: 'O',
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  '’': "'",
  '‘': "'",
  '–': '-',
  '—': '-',
};

/** Words of the wanted characters with single spaces between them. */
const isPlain = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@_]+( [A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@_]+)*$/;

/**
 * The text in those ASCII characters that GSM 03.38 carries in one septet each: diacritics are dropped, what has no
 * counterpart is left out.
 */
export function toGsm7(text: string): string {
  // Most texts are plain already, and each message is asked about: the long way takes four times as long.
  if (isPlain.test(text)) return text;
  return [...text.normalize('NFD')]
    .map((character) => replacements[character] ?? character)
    .join('')
    .replace(/\s+/g, ' ')
    .replace(/[^A-Za-z0-9 !"#$%&'()*+,\-./:;<=>?@_]/g, '')
    .trim();
}
