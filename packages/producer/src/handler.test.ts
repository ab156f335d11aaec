import type { Logger } from '@quakewire/core';
import type { ScheduledEvent } from 'aws-lambda';
import { createHandler, type HandlerDeps } from './handler.ts';

function createNotes() {
  const lines: string[] = [];
  const note = (_fields: Record<string, unknown>, message: string): void => void lines.push(message);
  const logger: Logger = { debug: note, info: note, warn: note, error: note };
  return { lines, logger };
}
const event = {} as ScheduledEvent;
const request = { awsRequestId: 'request-1' };

/** A handler with nothing to do but what a test says. */
function handlerWith(changes: Partial<HandlerDeps>) {
  const { lines, logger } = createNotes();
  const fail = () => Promise.reject(new Error('not asked for'));
  return { lines, handler: createHandler({ startShift: fail, tellTestEndpoints: fail, logger, ...changes }) };
}

describe('handler', () => {
  it('runs a shift under the name of the invocation and logs its end', async () => {
    const owners: string[] = [];
    const { lines, handler } = handlerWith({
      startShift: async (owner) => {
        owners.push(owner);
        return 'notNeeded';
      },
    });
    expect(await handler(event, request)).toEqual({ shift: 'notNeeded' });
    expect(owners).toEqual(['request-1']);
    expect(lines).toEqual(['done']);
  });

  it('never throws: the schedule starts the next one', async () => {
    const { lines, handler } = handlerWith({ startShift: () => Promise.reject(new Error('no store')) });
    expect(await handler(event, request)).toEqual({ shift: 'failed' });
    expect(lines).toEqual(['shift failed']);
  });

  it('tells test endpoints instead when it is asked to, and answers what became of them', async () => {
    const told = [{ channel: 'sms', isComplete: true, eligible: 1, accepted: 1 }] as const;
    const asked: unknown[] = [];
    const { handler } = handlerWith({
      tellTestEndpoints: async (...question) => {
        asked.push(question);
        return [...told];
      },
    });
    const test = { tellTestEndpoints: ['sms'] } as unknown as ScheduledEvent;
    expect(await handler(test, request)).toEqual({ told });
    expect(asked).toEqual([['request-1', ['sms']]]);
  });

  it('lets whoever asked for a test hear why it failed', async () => {
    const { handler } = handlerWith({ tellTestEndpoints: () => Promise.reject(new Error('Kafka is down')) });
    const test = { tellTestEndpoints: ['sms'] } as unknown as ScheduledEvent;
    await expect(handler(test, request)).rejects.toThrow('Kafka is down');
  });

  it.each([
    [{ tellTestEndpoints: [] }],
    [{ tellTestEndpoints: ['fax'] }],
    [{ tellTestEndpoints: ['sms'], magnitude: 9 }],
  ])('takes %j for a start, as it is no request for a test', async (strange) => {
    const { handler } = handlerWith({ startShift: async () => 'notNeeded' });
    expect(await handler(strange as unknown as ScheduledEvent, request)).toEqual({ shift: 'notNeeded' });
  });
});
