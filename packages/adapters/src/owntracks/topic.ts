/** The parts of an OwnTracks topic; the app fills `user` with its MQTT user name. */
export interface OwnTracksTopic {
  readonly user: string;
  readonly device: string;
  /** The part after the device, such as `event` or `cmd`; absent on the topic of locations. */
  readonly channel?: string;
}

/** `owntracks/<user>/<device>[/<channel>]` to its parts, or `undefined` for any other topic. */
export function parseOwnTracksTopic(topic: string): OwnTracksTopic | undefined {
  const [root, user, device, channel, ...rest] = topic.split('/');
  if (root !== 'owntracks' || !user || !device || channel === '' || rest.length > 0) return undefined;
  return channel === undefined ? { user, device } : { user, device, channel };
}

/** The topic for the given parts. They must be single topic levels: no `/`, `+` or `#`. */
export function formatOwnTracksTopic({ user, device, channel }: OwnTracksTopic): string {
  return ['owntracks', user, device, ...(channel === undefined ? [] : [channel])].join('/');
}
