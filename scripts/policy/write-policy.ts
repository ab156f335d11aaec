import { type AlertPolicy, type Box, startingPolicy } from '@quakewire/core';
import { Document, isNode, isPair, isScalar, visit } from 'yaml';

/** Why each value is what it is, by its path in the document. */
const comments: Readonly<Record<string, string>> = {
  version: 'Raise it with every change; `npm run policy -- put` refuses a version that exists.',
  regions:
    'Who is told, by place. shadow: decides and logs, sends nothing. live: sends. off: the kill switch.\nA new region starts in shadow: replay recordings, watch it for some weeks, then set it live.',
  sources:
    'Who is believed. A source that is missing here causes nothing.\ntrust: of two automatic solutions the higher is preferred (a reviewed one always is).\nearlyWarning: fast and good enough alone for an early warning; public catalogues are minutes late.\nsecondSource: alone it causes nothing; another source must have located the same earthquake, or a person reviewed it.\nminimumStations: an early warning needs so many; false ones came from very few (Carson City, 2025).\narea (optional): outside of it the network is blind and not believed alone.\nnetworks (optional): the same fields by network code, where they differ from the source.',
  'sources.ingest': "The signed ingest: an institute's own early-warning system.",
  earlyWarning:
    'Below minimumIntensity (MMI) nobody is told; subscribers choose theirs from there upwards. It lies below what people\nfeel as strong on purpose: half of all places get more than the expected value.',
  notification: 'minimumMagnitude: 4.5 is what public alerting apps use.',
  largestRadiusKm: 'The intensity formula is far outside its fitted distances there.',
  minimumKeptMagnitude: 'Smaller ones are forgotten; from here on an earthquake may still be revised upwards.',
  origin:
    'An earthquake of 1925 was once sent as new, and clocks are wrong: both are refused, whatever `updated` says.',
  largestDisagreementKm:
    'Two sources that locate it farther apart: wait until they agree or one is reviewed (Japan, 2020: 450 km).',
  phantoms:
    'The waves of a great earthquake draw phantoms far away; while they pass, few stations alone are not believed.',
  update:
    'People are told again only of this much change since they were last told. It is never lowered in silence,\nalso below every threshold above.',
  cancelUntilSeconds: 'A retraction is told so long after the last alert, to exactly those who were told.',
  aftershocks:
    "After a mainshock, people near it are told only of what shakes them strongly (the rule of USGS's notification\nservice; days by the mainshock's magnitude). The others are told of in one digest, at these hours (UTC), never by SMS.",
  sms: 'What money may be spent on. One alert tells the nearest people first, as far as the sum goes. Cancels always may.',
};

/** A starting policy for one region, in shadow mode, as YAML with the reasons beside the values. */
export function startingDocument(region: string, area: Box): string {
  return commented(startingPolicy({ [region]: { mode: 'shadow', area } }));
}

function commented(policy: AlertPolicy): string {
  const document = new Document(policy, { aliasDuplicateObjects: false });
  visit(document, {
    Pair(_, pair, path) {
      const name = [...path.filter(isPair), pair].map(({ key }) => (isScalar(key) ? key.value : key)).join('.');
      const comment = comments[name];
      if (comment === undefined || !isNode(pair.key)) return;
      pair.key.commentBefore = comment.replaceAll(/^/gm, ' ');
      pair.key.spaceBefore = path.length < 3;
    },
  });
  document.commentBefore =
    ' Alert policy of quakewire. Check it with: npm run policy -- replay RECORDING --policy THIS-FILE';
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
