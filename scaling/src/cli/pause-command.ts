import type { Command } from './cli-context.ts';
import { InputError } from './input-error.ts';
import { requireEnvironment } from './observe-command.ts';
import { parseOptions } from './parse-options.ts';

const reasonLimit = 200;

/** Freezes the scaler of an environment until someone resumes it. */
export const pauseCommand: Command = async (args, { openPorts, say }) => {
  const options = parseOptions(args, { environment: 'required', reason: 'required' });
  const reason = options.reason.trim();
  if (reason === '' || reason.length > reasonLimit)
    throw new InputError(`--reason must be 1 to ${reasonLimit} characters: who pauses and why`);
  const { flags, ports, close } = openPorts(requireEnvironment(options.environment), false);
  try {
    await flags.raise('paused', { reason, sinceMs: ports.nowMs() });
    say(`The scaler of ${options.environment} is paused: ${reason}`);
    return 0;
  } finally {
    await close();
  }
};

/** Lets it go on, and says what it was paused for: that is a person's decision, also after a rollback. */
export const resumeCommand: Command = async (args, { openPorts, say }) => {
  const { environment } = parseOptions(args, { environment: 'required' });
  const { flags, close } = openPorts(requireEnvironment(environment), false);
  try {
    const { paused } = await flags.read();
    if (paused === undefined) say(`The scaler of ${environment} is not paused.`);
    else {
      await flags.lower('paused');
      const since = new Date(paused.sinceMs).toISOString();
      say(`The scaler of ${environment} goes on; it was paused since ${since}: ${paused.reason}`);
    }
    return 0;
  } finally {
    await close();
  }
};
