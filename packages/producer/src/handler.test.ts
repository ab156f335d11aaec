import type { Logger } from '@quakewire/core';
import type { ScheduledEvent } from 'aws-lambda';
import { createHandler } from './handler.ts';

function createNotes() {
  const lines: string[] = [];
  const note = (_fields: Record<string, unknown>, message: string): void => void lines.push(message);
  const logger: Logger = { debug: note, info: note, warn: note, error: note };
  return { lines, logger };
}
const event = {} as ScheduledEvent;

describe('handler', () => {
  it('runs a shift under the name of the invocation and logs its end', async () => {
    const { lines, logger } = createNotes();
    const owners: string[] = [];
    const handler = createHandler(async (owner) => {
      owners.push(owner);
      return 'notNeeded';
    }, logger);
    expect(await handler(event, { awsRequestId: 'request-1' })).toEqual({ shift: 'notNeeded' });
    expect(owners).toEqual(['request-1']);
    expect(lines).toEqual(['done']);
  });

  it('never throws: the schedule starts the next one', async () => {
    const { lines, logger } = createNotes();
    const handler = createHandler(() => Promise.reject(new Error('no store')), logger);
    expect(await handler(event, { awsRequestId: 'request-1' })).toEqual({ shift: 'failed' });
    expect(lines).toEqual(['shift failed']);
  });
});
