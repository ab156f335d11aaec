import { ambiguous, rejected, throttled, transient, unusable } from './error-rule.ts';
import { twilioErrors, twilioRule } from './twilio-errors.ts';

/** What the page of each code says: https://www.twilio.com/docs/api/errors/<code> */
const documented = [
  { said: 'not processed and safe to retry, we are too fast', codes: [20429, 21611, 63017, 63018], rule: throttled },
  { said: 'may reach the recipient twice when repeated', codes: [20500], rule: ambiguous },
  { said: 'to be tried again', codes: [20503, 14107], rule: transient },
  { said: 'an address that cannot get messages', codes: [21211, 21265, 21610, 21614, 21635], rule: unusable },
  {
    said: 'the account, until somebody acts',
    codes: [10001, 10002, 20001, 20003, 20005, 20006, 20008, 20404, 63038],
    rule: rejected,
  },
  {
    said: 'the sender, the text, the region or the way between',
    codes: [
      21212, 21266, 21401, 21408, 21601, 21602, 21603, 21604, 21605, 21606, 21608, 21609, 21612, 21616, 21617, 21618,
      21619, 21624, 21659, 21660, 21661, 21701, 21703, 21704, 21705, 21910, 90007,
    ],
    rule: rejected,
  },
];

describe('an error of Twilio', () => {
  it.each(documented.flatMap(({ said, codes, rule }) => codes.map((code) => ({ said, code, rule }))))(
    'https://www.twilio.com/docs/api/errors/$code ($said) is $rule.outcome',
    ({ code, rule }) => {
      expect(twilioErrors[code]).toEqual(rule);
      expect(twilioRule(400, code)).toEqual(rule);
    },
  );

  it('is in the table only when its page is listed here', () => {
    const listed = documented.flatMap(({ codes }) => codes).sort((a, b) => a - b);
    expect(Object.keys(twilioErrors).map(Number)).toEqual(listed);
  });

  it.each([
    [429, throttled],
    [400, rejected],
    [401, rejected],
    [403, rejected],
    [404, rejected],
    [500, ambiguous],
    [502, ambiguous],
    [503, ambiguous],
    [504, ambiguous],
  ])('without a known code is judged by its HTTP status %p, on the safe side', (status, rule) => {
    expect(twilioRule(status, undefined)).toEqual(rule);
    expect(twilioRule(status, 12345)).toEqual(rule);
  });
});
