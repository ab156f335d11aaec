/** One e-mail before encoding. Addresses are ASCII; every other text may be any language. */
export interface Email {
  /** `name <address>` or an address. */
  from: string;
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** Where one click or POST ends the subscription (RFC 8058). */
  unsubscribeUrl?: string;
}

/** Neither `=` nor `_` occurs in base64 lines in this order, so no part can contain it. */
const boundary = '=_quakewire_part';
/** An encoded word has at most 75 characters (RFC 2047, 2): 45 bytes of text with the frame around. */
const maxWordBytes = 45;

const oneLine = (text: string): string => text.replace(/[\r\n\0]+/g, ' ').trim();

/** RFC 2047 encoded words, folded, never cutting a character; plain when the text is short printable ASCII. */
export const encodeHeader = (text: string): string => {
  const line = oneLine(text);
  if (/^[\x20-\x7e]*$/.test(line) && line.length <= 60 && !line.includes('=?')) return line;
  const words: string[] = [];
  for (const character of line) {
    const last = words.at(-1);
    if (last !== undefined && Buffer.byteLength(last + character) <= maxWordBytes)
      words[words.length - 1] = last + character;
    else words.push(character);
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ');
};

const encodeFrom = (from: string): string => {
  const [, name, address] = /^(.*?)\s*<([^<>]+)>$/.exec(oneLine(from)) ?? [];
  if (address === undefined) return oneLine(from);
  return name ? `${encodePhrase(name)} <${address}>` : address;
};

/** A display name: letters and digits as they are, anything else as encoded words. */
const encodePhrase = (name: string): string =>
  /^[\w ]+$/.test(name)
    ? name
    : encodeHeader(name).startsWith('=?')
      ? encodeHeader(name)
      : `"${name.replace(/["\\]/g, '')}"`;

const bodyPart = (type: 'plain' | 'html', content: string): string[] => [
  `Content-Type: text/${type}; charset=utf-8`,
  'Content-Transfer-Encoding: base64',
  '',
  ...(Buffer.from(content.replace(/\r?\n/g, '\r\n'))
    .toString('base64')
    .match(/.{1,76}/g) ?? ['']),
];

/** The message as it goes over the wire (RFC 5322, MIME): text, with an HTML alternative when there is one. */
export const mimeMessage = (email: Email): string => {
  const { from, to, subject, text, html, unsubscribeUrl } = email;
  const unsubscribe = unsubscribeUrl && [
    `List-Unsubscribe: <${oneLine(unsubscribeUrl)}>`,
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  ];
  const body = html
    ? [
        `Content-Type: multipart/alternative; boundary="${boundary}"`,
        '',
        `--${boundary}`,
        ...bodyPart('plain', text),
        `--${boundary}`,
        ...bodyPart('html', html),
        `--${boundary}--`,
      ]
    : bodyPart('plain', text);
  return [
    `From: ${encodeFrom(from)}`,
    `To: ${oneLine(to)}`,
    `Subject: ${encodeHeader(subject)}`,
    'MIME-Version: 1.0',
    'Auto-Submitted: auto-generated',
    ...(unsubscribe || []),
    ...body,
    '',
  ].join('\r\n');
};
