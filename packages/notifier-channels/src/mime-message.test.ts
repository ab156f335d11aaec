import fc from 'fast-check';
import { type Email, encodeHeader, mimeMessage } from './mime-message.ts';

const email: Email = { from: 'a@example.org', to: 'b@example.org', subject: 'Test', text: 'Ține-te bine.\nNow.' };

/** What a mail program shows for an encoded header (RFC 2047). */
const decodeHeader = (encoded: string): string =>
  encoded
    .replaceAll('\r\n ', '')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, base64: string) => Buffer.from(base64, 'base64').toString());

const partsOf = (message: string): { headers: string; body: string }[] => {
  const boundary = /boundary="(.*)"/.exec(message)?.[1] as string;
  const parts = message.split(`--${boundary}`).slice(1, -1);
  return parts.map((part) => {
    const [headers = '', body = ''] = part.split('\r\n\r\n');
    return { headers, body: Buffer.from(body, 'base64').toString() };
  });
};

describe('a header', () => {
  it('of any text is short ASCII lines, and a mail program shows the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const shown = text.replace(/[\r\n\0]+/g, ' ').trim();
        const encoded = encodeHeader(text);
        expect(encoded).toMatch(/^[\x20-\x7e\r\n]*$/);
        for (const line of encoded.split('\r\n ')) expect(line.length).toBeLessThanOrEqual(75);
        expect(decodeHeader(encoded)).toBe(shown);
      }),
    );
  });

  it('cannot be ended by a line break in a text', () => {
    const message = mimeMessage({ ...email, subject: 'a\r\nBcc: c@example.org', from: 'x\r\nBcc: c@example.org' });
    expect(message).not.toMatch(/^Bcc:/m);
  });

  it.each([
    ['Quakewire <a@example.org>', 'From: Quakewire <a@example.org>'],
    ['<a@example.org>', 'From: a@example.org'],
    ['Alerts, Brașov <a@example.org>', 'From: =?UTF-8?B?QWxlcnRzLCBCcmHImW92?= <a@example.org>'],
    ['O. "B" <a@example.org>', 'From: "O. B" <a@example.org>'],
  ])('names the sender %j', (from, line) => {
    expect(mimeMessage({ ...email, from }).split('\r\n')).toContain(line);
  });
});

describe('a message', () => {
  it('of text only is one part, in base64 lines of at most 76 characters', () => {
    const message = mimeMessage({ ...email, text: 'ș'.repeat(500) });
    const [headers = '', body = ''] = message.split('\r\n\r\n');
    expect(headers).toContain('Content-Type: text/plain; charset=utf-8');
    for (const line of body.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
    expect(Buffer.from(body, 'base64').toString()).toBe('ș'.repeat(500));
  });

  it('with HTML has both, the text first', () => {
    const parts = partsOf(mimeMessage({ ...email, html: '<p>Ține-te bine.</p>' }));
    expect(parts.map(({ headers }) => /text\/\w+/.exec(headers)?.[0])).toEqual(['text/plain', 'text/html']);
    expect(parts.map(({ body }) => body)).toEqual(['Ține-te bine.\r\nNow.', '<p>Ține-te bine.</p>']);
  });

  it('offers one-click unsubscription when there is an address for it, and not otherwise', () => {
    const message = mimeMessage({ ...email, unsubscribeUrl: 'https://example.org/stop/1' });
    expect(message).toContain('List-Unsubscribe: <https://example.org/stop/1>\r\n');
    expect(message).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
    expect(mimeMessage(email)).not.toContain('List-Unsubscribe');
  });
});
