import type { Localized } from './vocabulary.js';

/**
 * Whether a unit without an open assignment may be sent. `delayed`: it may, but will first have to leave what it
 * is doing.
 */
export type DutyAvailability = 'available' | 'delayed' | 'unavailable';

/** EIDO primary unit status (NENA-STA-021.1b-2022, table 3-9). */
export type EidoPrimaryUnitStatus = 'Available' | 'ConditionallyAvailable' | 'NotAvailable';

/** The values of the EIDO secondary unit status registry (NENA-STA-021.1b-2022, table 3-10). */
export const EIDO_SECONDARY_UNIT_STATUSES = [
  'AcknowledgedTransmission',
  'AlternateLocation',
  'Arrived',
  'Assigned',
  'AssignmentCancelled',
  'BacktoAssignedArea',
  'Backup',
  'Break',
  'CheckedIn',
  'Cleared',
  'COP_or_POP',
  'Court',
  'CoveringAlternateArea',
  'Delayed',
  'Departed',
  'Dispatched',
  'EnRoute',
  'EquipmentIssues',
  'Event',
  'Hospital',
  'InService',
  'Investigation',
  'Location',
  'Meal',
  'Meeting',
  'OffDuty',
  'OnDuty',
  'OnScene',
  'OutofService',
  'PatientContact',
  'Post',
  'ResponderInitiatedEvent',
  'RollCall',
  'Roster',
  'ShiftPending',
  'Staging',
  'Station',
  'TrafficStop',
  'Training',
  'Transporting',
  'Unmanned',
] as const;

export type EidoSecondaryUnitStatus = (typeof EIDO_SECONDARY_UNIT_STATUSES)[number];

/**
 * What a unit's own status code means, apart from any assignment: dispatched, en route, on scene and the like
 * belong to the assignment, so that no status leaks from one to another.
 */
export type UnitStatusMeaning =
  | 'available'
  | 'at-station'
  | 'on-post'
  | 'on-patrol'
  | 'covering'
  | 'returning'
  | 'community-work'
  | 'at-event'
  | 'roll-call'
  | 'training'
  | 'meeting'
  | 'meal'
  | 'break'
  | 'refuelling'
  | 'restocking'
  | 'shift-ending'
  | 'court'
  | 'maintenance'
  | 'unstaffed'
  | 'rostered'
  | 'out-of-service'
  | 'off-duty';

export interface UnitStatusEffect {
  readonly availability: DutyAvailability;
  /** What an EIDO says of the unit; several hold together, such as on the way + station. */
  readonly eidoSecondary: readonly [EidoSecondaryUnitStatus, ...EidoSecondaryUnitStatus[]];
}

/**
 * What follows from each meaning. Refuelling has no EIDO value of its own: it goes out as `AlternateLocation`,
 * the unit being elsewhere than its post, station or area.
 */
export const UNIT_STATUS_EFFECTS: Readonly<Record<UnitStatusMeaning, UnitStatusEffect>> = {
  available: { availability: 'available', eidoSecondary: ['InService'] },
  'at-station': { availability: 'available', eidoSecondary: ['Station'] },
  'on-post': { availability: 'available', eidoSecondary: ['Post'] },
  'on-patrol': { availability: 'available', eidoSecondary: ['BacktoAssignedArea'] },
  covering: { availability: 'available', eidoSecondary: ['CoveringAlternateArea'] },
  returning: { availability: 'available', eidoSecondary: ['EnRoute', 'Station'] },
  'community-work': { availability: 'delayed', eidoSecondary: ['COP_or_POP'] },
  'at-event': { availability: 'delayed', eidoSecondary: ['Event'] },
  'roll-call': { availability: 'delayed', eidoSecondary: ['RollCall'] },
  training: { availability: 'delayed', eidoSecondary: ['Training'] },
  meeting: { availability: 'delayed', eidoSecondary: ['Meeting'] },
  meal: { availability: 'delayed', eidoSecondary: ['Meal'] },
  break: { availability: 'delayed', eidoSecondary: ['Break'] },
  refuelling: { availability: 'delayed', eidoSecondary: ['AlternateLocation'] },
  restocking: { availability: 'delayed', eidoSecondary: ['Hospital'] },
  'shift-ending': { availability: 'delayed', eidoSecondary: ['ShiftPending'] },
  court: { availability: 'unavailable', eidoSecondary: ['Court'] },
  maintenance: { availability: 'unavailable', eidoSecondary: ['OutofService', 'EquipmentIssues'] },
  unstaffed: { availability: 'unavailable', eidoSecondary: ['Unmanned'] },
  rostered: { availability: 'unavailable', eidoSecondary: ['Roster'] },
  'out-of-service': { availability: 'unavailable', eidoSecondary: ['OutofService'] },
  'off-duty': { availability: 'unavailable', eidoSecondary: ['OffDuty'] },
};

/** The EIDO primary unit status of a unit that has no open assignment. */
export const EIDO_PRIMARY_UNIT_STATUS: Readonly<Record<DutyAvailability, EidoPrimaryUnitStatus>> = {
  available: 'Available',
  delayed: 'ConditionallyAvailable',
  unavailable: 'NotAvailable',
};

/** A code crews and dispatchers use. An agency may have its own codes, several of one meaning. */
export interface UnitStatusCode {
  readonly code: string;
  readonly name: Localized;
  readonly meaning: UnitStatusMeaning;
}

const status = (code: string, en: string, zh: string, meaning: UnitStatusMeaning): UnitStatusCode => ({
  code,
  name: { en, zh },
  meaning,
});

/** Codes to start with, one of each meaning. */
export const UNIT_STATUSES: readonly UnitStatusCode[] = [
  status('AV', 'Available', '待命', 'available'),
  status('ST', 'At station', '在站所', 'at-station'),
  status('PO', 'At guard point', '守点', 'on-post'),
  status('PT', 'On patrol', '巡线', 'on-patrol'),
  status('CV', 'Covering another area', '跨区补位', 'covering'),
  status('RT', 'Returning', '返回途中', 'returning'),
  status('CO', 'Community work', '社区工作', 'community-work'),
  status('EV', 'At an event', '活动安保', 'at-event'),
  status('RC', 'Roll call', '点名', 'roll-call'),
  status('TR', 'Training', '训练', 'training'),
  status('MT', 'In a meeting', '开会', 'meeting'),
  status('ML', 'Meal', '用餐', 'meal'),
  status('BR', 'Break', '休息', 'break'),
  status('FU', 'Refuelling', '加油充电', 'refuelling'),
  status('RS', 'Restocking', '补充物资', 'restocking'),
  status('SE', 'Shift about to end', '即将交班', 'shift-ending'),
  status('CT', 'In court', '出庭', 'court'),
  status('MX', 'In the workshop', '车辆维修', 'maintenance'),
  status('UN', 'Crew incomplete', '人员不足', 'unstaffed'),
  status('RO', 'Rostered, not checked in', '已排班未到岗', 'rostered'),
  status('OS', 'Out of service', '停勤', 'out-of-service'),
  status('OD', 'Off duty', '下班', 'off-duty'),
];

/** The shipped status of that code. */
export const findUnitStatus = (code: string): UnitStatusCode | undefined =>
  UNIT_STATUSES.find((each) => each.code === code);

/** What the status of that code does to availability; `undefined` when no such status is in the list. */
export function findDutyAvailability(
  code: string,
  statuses: readonly UnitStatusCode[] = UNIT_STATUSES,
): DutyAvailability | undefined {
  const found = statuses.find((each) => each.code === code);
  return found === undefined ? undefined : UNIT_STATUS_EFFECTS[found.meaning].availability;
}
