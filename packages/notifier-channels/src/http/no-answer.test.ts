import { deliveryWithoutAnswer, NoAnswer } from './no-answer.ts';

describe('a request without an answer', () => {
  it.each([
    [Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:443'), { code: 'ECONNREFUSED' }), 'network:ECONNREFUSED'],
    [AbortSignal.abort().reason, 'network:AbortError'],
    [new DOMException('late', 'TimeoutError'), 'network:TimeoutError'],
    [Object.assign(new Error(), { code: 'to ana@example.org' }), 'network:Error'],
    ['ana@example.org', 'network:unknown'],
    [undefined, 'network:unknown'],
  ])('is named by its code or name only: %p', (cause, reason) => {
    expect(deliveryWithoutAnswer(new NoAnswer(cause, false))).toEqual({ outcome: 'transient', reason });
  });

  it('is ambiguous as soon as it was written', () => {
    expect(deliveryWithoutAnswer(new NoAnswer({ code: 'ECONNRESET' }, true)).outcome).toBe('ambiguous');
  });
});
