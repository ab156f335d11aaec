import { randomUUID } from 'node:crypto';
import { signedHeaders } from '@quakewire/ingest/signature';
import { exerciseKeyId, type IngestKeys } from './secrets.ts';

/** One solution as an institute posts it. */
export interface PostedSolution {
  id: string;
  originTimeMs: number;
  latitude: number;
  longitude: number;
  depthKm: number;
  magnitude: number;
  region: string;
  status: 'automatic' | 'reviewed' | 'deleted';
  stations: number;
}

/** An institute that posts signed bulletins to the ingest. */
export interface Institute {
  /** Answers in words what became of it. @throws when it was not taken. */
  post(solution: PostedSolution): Promise<string>;
  /** The same bytes and signature as the last time. */
  postAgain(): Promise<string>;
  heartbeat(): Promise<void>;
}

export function createInstitute(url: string, { keys }: IngestKeys): Institute {
  const secret = Buffer.from(keys[exerciseKeyId]?.secret ?? '', 'base64');
  let last: { headers: Record<string, string>; body: Buffer } | undefined;

  async function send(): Promise<{ status: number; text: string; milliseconds: number }> {
    const sentAtMs = performance.now();
    const { headers = {}, body = Buffer.alloc(0) } = last ?? {};
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const text = await response.text();
    return { status: response.status, text, milliseconds: Math.round(performance.now() - sentAtMs) };
  }

  async function sendSigned(document: object): Promise<string> {
    const body = Buffer.from(JSON.stringify({ schema: 1, ...document }));
    const signed = { id: randomUUID(), timestampSeconds: Math.floor(Date.now() / 1000) };
    last = { headers: signedHeaders(exerciseKeyId, secret, signed, body), body };
    const { status, text, milliseconds } = await send();
    if (status < 200 || status > 299) throw new Error(`the ingest answered ${status} ${text.slice(0, 300)}`);
    return `${status} ${told(text)} in ${milliseconds} ms`;
  }

  return {
    post: ({ originTimeMs, ...solution }) =>
      sendSigned({
        ...solution,
        originTime: new Date(originTimeMs).toISOString(),
        updated: new Date().toISOString(),
      }),
    async postAgain() {
      const { status, text } = await send();
      return `${status} ${(JSON.parse(text || '{}') as { refused?: string }).refused ?? text}`;
    },
    heartbeat: async () => void (await sendSigned({ heartbeat: true })),
  };
}

function told(text: string): string {
  const { alertSeq, why } = JSON.parse(text || '{}') as { alertSeq?: number; why?: string };
  return alertSeq === undefined ? (why ?? '') : `alert ${alertSeq}`;
}
