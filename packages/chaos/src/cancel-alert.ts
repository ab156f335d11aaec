import { type Alert, type ChannelName, channelNames, type DispatchPorts, dispatchAlert } from '@quakewire/core';

/** Takes an alert back, as an operator would: the next alert of the earthquake, on the maps that the first one pinned. */
export async function cancelAlert(alert: Alert, ports: DispatchPorts): Promise<void> {
  const { earthquakeId, seq, expiresAtMs, issuedAtMs } = alert;
  const nowMs = ports.clock.wallMs();
  const cancel: Alert = {
    ...alert,
    seq: seq + 1,
    kind: 'cancel',
    receivedAtMs: nowMs,
    issuedAtMs: nowMs,
    expiresAtMs: nowMs + (expiresAtMs - issuedAtMs),
  };
  const runs = await Promise.all(channelNames.map((channel) => ports.runs.read({ earthquakeId, seq, channel })));
  const channels: ChannelName[] = runs.flatMap((run) => run?.channel ?? []);
  const pinnedMaps = Object.fromEntries(runs.flatMap((run) => (run ? [[run.channel, run.mapVersion]] : [])));
  await dispatchAlert({ alert: cancel, channels, pinnedMaps }, ports);
}
