import type { Asked, EndedRequest, OpenRequest, OperatorRequest, RequestEnd } from '@quakewire/core';
import type { Rehearsal } from './rehearse.ts';

const time = (timeMs: number): string => `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** What somebody asks for, what it would do, whom it would reach, in how long and for how much. */
export function formatPreview(request: OperatorRequest, { end, alert, reach, policy }: Rehearsal): string {
  const { requestedBy } = request;
  const lines = [...describe(request.asked), `asked by  ${requestedBy.arn}`];
  if (!alert) return [...lines, `tells     nobody: ${whyOf(end)}`, ''].join('\n');
  const { kind, type, exercise, areaRadiusKm, policyVersion } = alert;
  const words = [...(exercise ? ['EXERCISE'] : []), kind, type];
  const [endpoints, usd] = [
    reach.reduce((sum, one) => sum + one.endpoints, 0),
    reach.reduce((sum, one) => sum + one.usd, 0),
  ];
  const longest = Math.max(0, ...reach.map(({ minutes }) => minutes));
  return [
    ...lines,
    `tells     ${words.join(', ')}; within ${areaRadiusKm} km${shadowOf(end)} (policy ${policyVersion})`,
    ...reach.map(
      (one) =>
        `          ${one.channel.padEnd(8)} at most ${one.endpoints} endpoints, ${minutesOf(one.minutes)}, ${usdOf(one.usd)}`,
    ),
    `at most   ${endpoints} endpoints, ${minutesOf(longest)}, ${usdOf(usd)} at ${policy.sms.usdPerMessage} USD an SMS`,
    ...(kind === 'cancel' ? ['          of them only those who were told, on the channel that reached them'] : []),
    '',
  ].join('\n');
}

const minutesOf = (minutes: number): string => `${minutes.toFixed(1)} min`;
const usdOf = (usd: number): string => `${usd.toFixed(2)} USD`;
const shadowOf = ({ what }: RequestEnd): string =>
  what === 'shadow' ? ', NOBODY: the regions are in shadow mode' : '';

function describe(asked: Asked): string[] {
  if (!('solution' in asked)) return [`request   ${asked.kind} of ${asked.earthquakeId}`];
  const { latitude, longitude, depthKm, magnitude, region } = asked.solution;
  const what = `M${magnitude} at ${latitude}, ${longitude}, ${depthKm} km deep, ${region}`;
  if (asked.kind === 'update') return [`request   update of ${asked.earthquakeId}: ${what}`];
  if (asked.kind === 'issue') return [`request   issue: ${what}, origin ${time(asked.originTimeMs)}`];
  return [`request   drill: ${what}`, `begins    ${time(asked.startAtMs)}`];
}

const reasons: Readonly<Record<string, string>> = {
  alreadyAlerted: 'people were told of this earthquake, and nothing that matters changed since',
  notKept: 'it is smaller than policy keeps',
  noSuchEarthquake: 'there is no such earthquake',
  isExercise: 'a drill is started and stopped, nothing else',
  deleted: 'there is nothing to take back, and no feed will tell of it either',
  over: 'people were not told, or they were told already that it is over',
  feltInNoRegion: 'no region that is switched on is reached',
};

function whyOf(end: RequestEnd): string {
  if (end.what !== 'nobody') return end.what;
  return reasons[end.why] ?? `policy says ${end.why}`;
}

/** How a request ended, in one line. */
export function formatEnd({ id, end, endedAtMs, ...people }: EndedRequest): string {
  const what =
    'seq' in end
      ? `${end.what} as ${end.earthquakeId}/${end.seq} (npm run alert-report -- ${end.earthquakeId}/${end.seq})`
      : end.what === 'nobody'
        ? `nobody is told: ${whyOf(end)}`
        : end.what;
  return `${id}  ${time(endedAtMs)}  ${people.request?.asked.kind ?? 'unreadable'}: ${what}${peopleOf(people)}\n`;
}

function peopleOf({ request, approval, withdrawal }: Omit<OpenRequest, 'id'>): string {
  const parts = [
    ...(request ? [`asked by ${request.requestedBy.arn}`] : []),
    ...(approval ? [`approved by ${approval.approvedBy.arn}`] : []),
    ...(withdrawal ? [`withdrawn by ${withdrawal.withdrawnBy.arn}`] : []),
  ];
  return parts.length === 0 ? '' : `; ${parts.join(', ')}`;
}

/** Open requests, then how the last ones ended. */
export function formatRequests(open: readonly OpenRequest[], ended: readonly EndedRequest[]): string {
  const lines = open.map(({ id, ...rest }) => {
    const what = rest.request
      ? describe(rest.request.asked)
          .map((line) => line.slice(10))
          .join(', ')
      : 'unreadable';
    return `${id}  open  ${what}${peopleOf(rest)}\n`;
  });
  return [`${open.length} open\n`, ...lines, `${ended.length} ended last\n`, ...ended.map(formatEnd)].join('');
}
