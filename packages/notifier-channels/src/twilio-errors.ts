import { ambiguous, type ErrorRule, rejected, throttled, transient, unusable } from './error-rule.ts';

/**
 * The errors that creating a message can be answered with; each is documented at
 * https://www.twilio.com/docs/api/errors/<code>. Errors of the 30xxx range come later, by receipt, and stand here only
 * where the API also answers with them at once.
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
  30002: rejected, // account suspended
  63038: rejected, // the account's daily limit is used up

  // Too fast. "Never processed": errors/20429.
  14107: throttled, // send rate limit exceeded
  20429: throttled, // too many concurrent requests
  21611: throttled, // the sender's queue is full
  30001: throttled, // queue overflow
  30022: throttled, // the sender's rate limit is exceeded
  63017: throttled, // the account's message rate is exceeded
  63018: throttled, // the channel's rate limit is exceeded

  // "It is possible for a customer to receive multiple messages" after a retry: errors/20500.
  20500: ambiguous,
  // "Try again a few times with exponential back-off": errors/20503, which unlike 20500 warns of no second message.
  20503: transient,

  // The address.
  21211: unusable, // invalid 'To' number
  21214: unusable, // 'To' number cannot be reached
  21217: unusable, // number does not appear to be valid
  21265: unusable, // 'To' cannot be a short code
  21401: unusable, // invalid phone number
  21407: unusable, // this type of number does not support SMS
  21421: unusable, // phone number is invalid
  21610: unusable, // the recipient has opted out
  21614: unusable, // not a mobile number
  21635: unusable, // a landline

  // Sender, text or the way between: another address, account setting or text may do.
  21212: rejected, // invalid 'From' number
  21219: rejected, // 'To' not verified (trial)
  21264: rejected, // 'From' not verified
  21266: rejected, // 'To' and 'From' are the same
  21267: rejected, // alphanumeric sender cannot be used here
  21408: rejected, // permission for this region is not enabled
  21601: rejected, // not an SMS-capable number
  21602: rejected, // body is required
  21603: rejected, // 'From' is required
  21604: rejected, // 'To' is required
  21605: rejected, // body too long
  21606: rejected, // 'From' is not a message-capable Twilio number
  21607: rejected, // 'From' must be a valid Twilio number
  21608: rejected, // 'To' not yet verified (trial)
  21609: rejected, // invalid StatusCallback
  21612: rejected, // 'To' cannot be reached from this 'From'
  21616: rejected, // 'From' matches several numbers
  21617: rejected, // body over 1,600 characters
  21618: rejected, // body cannot be sent
  21619: rejected, // body or media is required
  21624: rejected, // invalid validity period
  21628: rejected, // 'From' cannot be used for this
  21654: rejected, // ContentSid is required
  21655: rejected, // ContentSid is invalid
  21656: rejected, // ContentVariables are invalid
  21659: rejected, // 'From' is not a Twilio number
  21660: rejected, // 'From' belongs to another account
  21661: rejected, // 'From' is not SMS-capable
  21701: rejected, // Messaging Service does not exist
  21703: rejected, // Messaging Service has no sender
  21704: rejected, // Messaging Service has no phone number
  21705: rejected, // Messaging Service is invalid
  21910: rejected, // 'From' and 'To' are of different channels
  30032: rejected, // toll-free number not verified
  30034: rejected, // number not registered (10DLC)
  30450: rejected, // blocked by SMS pumping protection
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
