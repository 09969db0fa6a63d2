/*
 * The topics of the bus and who may use them. Everything that is not named here is denied.
 *
 *   owntracks/<device>/<phone>                      position of a device, from the device
 *   owntracks/<device>/<phone>/<channel>            what else the OwnTracks app sends; taken and not used
 *   owntracks/<device>/<phone>/cmd                  commands of the OwnTracks format, to the device
 *   lamplight/<agency>/units/<unit>/reports         status report of a crew, from a device of the unit
 *   lamplight/<agency>/units/<unit>/reports/<device>  the same, naming the device
 *   lamplight/<agency>/units/<unit>/orders          the unit's orders, retained, to its devices
 *
 * `<device>` is the device's user name: the OwnTracks app puts its user name there.
 */

import { parseOwnTracksTopic } from '@lamplight/adapters';

/** Whose connection it is: the device and the unit it belongs to. */
export interface DeviceIdentity {
  readonly deviceId: string;
  readonly unitId: string;
}

/** What a message that reached the server is about, by its topic. */
export type Inbound =
  | { readonly kind: 'position'; readonly deviceId: string }
  | { readonly kind: 'report'; readonly unitId: string; readonly deviceId: string | undefined };

/**
 * The channels besides locations on which the app sends of its own accord (Booklet, "Topics"). A broker of MQTT 3.1.1
 * can only take a message or cut the connection, and a phone that is cut off reports no position either.
 */
const APP_CHANNELS = new Set(['event', 'step', 'beacon', 'dump', 'status', 'waypoint', 'waypoints', 'info']);

/** Usable as one level of a topic, so that no name can reach into another's topics. */
export function isTopicLevel(name: string): boolean {
  return name.length > 0 && name.length <= 128 && !/[/+#\p{Cc}]/u.test(name) && !name.startsWith('$');
}

export interface Topics {
  /** What the server listens to: positions may be lost (QoS 0), reports not (QoS 1). */
  readonly subscriptions: Readonly<Record<string, { readonly qos: 0 | 1 }>>;
  orders(unitId: string): string;
  mayPublish(device: DeviceIdentity, topic: string): boolean;
  maySubscribe(device: DeviceIdentity, filter: string): boolean;
  /** May a message on `topic` be forwarded to this device? */
  mayReceive(device: DeviceIdentity, topic: string): boolean;
  /** The topic under which the embedded broker passes a device's message on: reports get to name their device. */
  attributed(device: DeviceIdentity, topic: string): string;
  /** `undefined` for a topic that the server does not listen to. */
  parseInbound(topic: string): Inbound | undefined;
}

/** The topics of one agency. Throws for an agency id that is not a topic level. */
export function createTopics(agencyId: string): Topics {
  if (!isTopicLevel(agencyId))
    throw new RangeError(`Agency id "${agencyId}" cannot be part of an MQTT topic`);
  const units = `lamplight/${agencyId}/units`;
  const reports = (unitId: string): string => `${units}/${unitId}/reports`;
  const orders = (unitId: string): string => `${units}/${unitId}/orders`;
  const isOwnReport = ({ deviceId, unitId }: DeviceIdentity, topic: string): boolean =>
    topic === reports(unitId) || topic === `${reports(unitId)}/${deviceId}`;
  const isOwnCommand = ({ deviceId }: DeviceIdentity, filter: string): boolean => {
    const parsed = parseOwnTracksTopic(filter);
    return parsed?.user === deviceId && parsed.channel === 'cmd';
  };

  return {
    subscriptions: {
      'owntracks/+/+': { qos: 0 },
      [`${units}/+/reports`]: { qos: 1 },
      [`${units}/+/reports/+`]: { qos: 1 },
    },
    orders,
    mayPublish(device, topic) {
      if (isOwnReport(device, topic)) return true;
      const parsed = parseOwnTracksTopic(topic);
      if (parsed?.user !== device.deviceId) return false;
      return parsed.channel === undefined || APP_CHANNELS.has(parsed.channel);
    },
    maySubscribe: (device, filter) => filter === orders(device.unitId) || isOwnCommand(device, filter),
    mayReceive: (device, topic) => topic === orders(device.unitId) || isOwnCommand(device, topic),
    attributed: (device, topic) => (topic === reports(device.unitId) ? `${topic}/${device.deviceId}` : topic),
    parseInbound(topic) {
      const position = parseOwnTracksTopic(topic);
      if (position) {
        return position.channel === undefined ? { kind: 'position', deviceId: position.user } : undefined;
      }
      if (!topic.startsWith(`${units}/`)) return undefined;
      const [unitId, channel, deviceId, ...rest] = topic.slice(units.length + 1).split('/');
      if (!unitId || channel !== 'reports' || deviceId === '' || rest.length > 0) return undefined;
      return { kind: 'report', unitId, deviceId };
    },
  };
}
