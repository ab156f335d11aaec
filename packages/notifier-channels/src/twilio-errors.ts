import { ambiguous, type ErrorRule, rejected, throttled, transient, unusable } from './error-rule.ts';

/**
 * The errors that creating a message can be answered with; each is documented at
 * https://www.twilio.com/docs/api/errors/<code>. Delivery errors (30xxx) come later, by receipt, and not here; errors of
 * calls and of buying numbers (21214, 21217, 21421) never.
 */
export const twilioErrors: Readonly<Record<number, ErrorRule>> = {
  // Account and access: nobody is reached until an operator acts.
  10001: rejected, // account is not active
  10002: rejected, // trial account does not support this feature
  20001: rejected, // unknown parameters
  20003: rejected, // authentication failed
  20005: rejected, // account is not active
  20006: rejected, // access denied
  20008: rejected, // resource not accessible with test credentials
  20404: rejected, // resource not found
  63038: rejected, // the account's daily limit is used up

  // Too fast: 20429 says that such requests "aren't processed and are safe to retry".
  20429: throttled, // too many concurrent requests
  21611: throttled, // the sender's queue is full
  63017: throttled, // the account's message rate is exceeded
  63018: throttled, // the channel's rate limit is exceeded
  // Too many to this one number within 30 s: no reason to slow down for all others.
  14107: transient,

  // "It is possible for a customer to receive multiple messages" after a retry: errors/20500.
  20500: ambiguous,
  // "Try again a few times with exponential back-off": errors/20503, which unlike 20500 warns of no second message.
  20503: transient,

  // The address itself.
  21211: unusable, // invalid 'To' number
  21265: unusable, // 'To' cannot be a short code
  21610: unusable, // the recipient has opted out
  21614: unusable, // not a mobile number
  21635: unusable, // a landline

  // Sender, text, permission or the way between.
  21212: rejected, // invalid 'From' number
  21266: rejected, // 'To' and 'From' are the same
  21401: rejected, // 'From' is not a valid number or sender
  21408: rejected, // permission for this region is not enabled
  21601: rejected, // 'From' is not an incoming number of this account
  21602: rejected, // body is required
  21603: rejected, // 'From' is required
  21604: rejected, // 'To' is required
  21605: rejected, // body too long
  21606: rejected, // 'From' is not message-capable for this destination
  21608: rejected, // 'To' not yet verified (trial)
  21609: rejected, // invalid StatusCallback
  21612: rejected, // 'To' cannot be reached from this 'From'
  21616: rejected, // 'From' matches several numbers
  21617: rejected, // body over 1,600 characters
  21618: rejected, // body cannot be sent
  21619: rejected, // body or media is required
  21624: rejected, // invalid validity period
  21659: rejected, // 'From' is not a Twilio number
  21660: rejected, // 'From' belongs to another account
  21661: rejected, // 'From' is not SMS-capable
  21701: rejected, // Messaging Service does not exist
  21703: rejected, // Messaging Service has no number to send from
  21704: rejected, // Messaging Service has no phone number
  21705: rejected, // Messaging Service is invalid
  21910: rejected, // 'From' and 'To' are of different channels
  90007: rejected, // invalid validity period
};

/**
 * @param status HTTP status of the answer
 * @param code Twilio's own error code, when the answer held one
 */
export const twilioRule = (status: number, code: number | undefined): ErrorRule => {
  const rule = code === undefined ? undefined : twilioErrors[code];
  if (rule) return rule;
  if (status === 429) return throttled;
  return status >= 500 ? ambiguous : rejected;
};
