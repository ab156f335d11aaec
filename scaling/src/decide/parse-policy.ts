import type * as z from 'zod';
import { ladder, ladderFloor } from './ladder.ts';
import { type ChannelPolicy, type Policy, policySchema } from './policy.ts';

/** A policy that is refused. The message begins with the full name of the setting. */
export class PolicyError extends Error {
  override name = 'PolicyError';
}

interface Problem {
  setting: string;
  remedy: string;
}

/**
 * Checks a policy and fills in the defaults.
 * @throws {PolicyError} One line a problem, each beginning with the setting, such as `policy.channels.sms.memoryMb`.
 */
export function parsePolicy(input: unknown): Policy {
  const parsed = policySchema.safeParse(input);
  const problems = parsed.success
    ? contradictions(parsed.data)
    : parsed.error.issues.flatMap((issue) => describeIssue(input, issue));
  if (problems.length > 0) {
    throw new PolicyError(problems.map(({ setting, remedy }) => `${setting}: ${remedy}`).join('\n'));
  }
  return parsed.data as Policy;
}

function describeIssue(input: unknown, issue: z.core.$ZodIssue): Problem[] {
  const setting = nameSetting(input, issue.path);
  if (issue.code !== 'unrecognized_keys') return [{ setting, remedy: issue.message }];
  return issue.keys.map((key) => ({
    setting: `${setting}.${key}`,
    remedy: 'is no setting; remove it or correct its name',
  }));
}

/** `['channels', 0, 'senders', 1, 'messageParts']` becomes `policy.channels.sms.senders[1].messageParts`. */
function nameSetting(input: unknown, path: readonly PropertyKey[]): string {
  const parts = path.map((key, position) => {
    if (typeof key !== 'number') return `.${String(key)}`;
    const name = path[position - 1] === 'channels' ? channelName(input, key) : null;
    return name === null ? `[${key}]` : `.${name}`;
  });
  return `policy${parts.join('')}`;
}

function channelName(input: unknown, position: number): string | null {
  const name = (input as { channels?: { name?: unknown }[] }).channels?.[position]?.name;
  return typeof name === 'string' && /^[A-Za-z0-9]{1,31}$/.test(name) ? name : null;
}

/** What each setting alone allows but what cannot hold together. */
function contradictions(policy: Policy): Problem[] {
  const names = policy.channels.map((channel) => channel.name);
  const repeated = names.findIndex((name, position) => names.indexOf(name) !== position);
  const twice = {
    setting: `policy.channels[${repeated}].name`,
    remedy: 'this name is used twice; give each channel its own',
  };
  return [...(repeated < 0 ? [] : [twice]), ...policy.channels.flatMap(channelContradictions)];
}

function channelContradictions(channel: ChannelPolicy): Problem[] {
  const problems: Problem[] = [];
  const { minimumActivePartitions: minimum, maximumActivePartitions: maximum } = channel;
  if (ladder(minimum) > ladderFloor(maximum)) {
    problems.push({
      setting: `policy.channels.${channel.name}.minimumActivePartitions`,
      remedy: `${minimum} leaves no partition count up to maximumActivePartitions ${maximum} (1 to 5 or a multiple of 5); lower it or raise the maximum`,
    });
  }
  const seen = new Set<string>();
  for (const [position, sender] of channel.senders.entries()) {
    const shared = sender.countries.find((country) => seen.has(country));
    if (shared !== undefined) {
      problems.push({
        setting: `policy.channels.${channel.name}.senders[${position}].countries`,
        remedy: `${shared} already has a sender; name each country once`,
      });
    }
    for (const country of sender.countries) seen.add(country);
  }
  return problems;
}
