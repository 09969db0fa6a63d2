import type { Instant } from '@lamplight/base';
import type { ColumnType, Generated } from 'kysely';
import type { Json } from './log/json.js';

/** timestamptz: written as RFC 3339 text, read as an Instant. */
type Moment = ColumnType<Instant, string, string>;
type NullableMoment = ColumnType<Instant | null, string | null, string | null>;
/** jsonb: written as JSON text, read as a value. */
type JsonColumn = ColumnType<Json, string, string>;

/** The tables as the queries of this package see them; the migrations are what makes them. */
export interface Tables {
  agency: { id: string; name: JsonColumn; time_zone: string; settings: JsonColumn };
  event: {
    agency: string;
    position: number;
    kind: string;
    id: string;
    version: number;
    type: string;
    occurred_at: Moment;
    recorded_at: Moment;
    actor: string;
    device: string | null;
    body: JsonColumn;
    prev_hash: Buffer;
    hash: Buffer;
  };
  log_head: { agency: string; position: number; hash: Buffer };
  receipt: {
    agency: string;
    key: string;
    fingerprint: string;
    actor: string;
    answer: JsonColumn;
    position: number;
    recorded_at: Moment;
  };
  entity: {
    agency: string;
    kind: string;
    id: string;
    root: string | null;
    position: number;
    version: number;
    active: boolean;
    started_at: Moment;
    recorded_at: Moment;
    doc: JsonColumn;
  };
  account: {
    agency: string;
    id: string;
    username: string;
    username_folded: string;
    display_name: string;
    password_hash: string;
    roles: string[];
    unit_id: string | null;
    locale: string;
    disabled: Generated<boolean>;
    failed_attempts: Generated<number>;
    locked_until: NullableMoment;
    created_at: Moment;
  };
  session: {
    token_hash: Buffer;
    agency: string;
    account_id: string;
    created_at: Moment;
    last_seen_at: Moment;
    idle_until: Moment;
    expires_at: Moment;
  };
  device: {
    agency: string;
    id: string;
    unit_id: string | null;
    label: string;
    secret_hash: Buffer;
    osmand_key_hash: Buffer | null;
    enabled: Generated<boolean>;
    created_at: Moment;
    last_seen_at: NullableMoment;
  };
  setup_link: {
    token_hash: Buffer;
    agency: string;
    created_at: Moment;
    expires_at: Moment;
    used_at: NullableMoment;
  };
  station: {
    agency: string;
    id: string;
    name: JsonColumn;
    lon: number;
    lat: number;
    kind: string;
    detail: JsonColumn;
  };
  configuration: {
    agency: string;
    section: string;
    version: number;
    at: Moment;
    actor: string;
    reason: string;
    content: JsonColumn;
  };
  audit: {
    sequence: Generated<number>;
    agency: string;
    at: Moment;
    actor: string;
    action: string;
    subject: string | null;
    detail: JsonColumn;
  };
  account_setting: {
    agency: string;
    account_id: string;
    name: string;
    value: JsonColumn;
    version: number;
  };
  role_setting: { agency: string; role: string; name: string; value: JsonColumn };
  incident_search: {
    agency: string;
    id: string;
    opened_at: Moment;
    ended_at: NullableMoment;
    status: string;
    type_code: string | null;
    priority: number | null;
    disposition: string | null;
    words: string;
    callers: string;
  };
  premises: {
    agency: string;
    id: string;
    version: number;
    name: string;
    lon: number;
    lat: number;
    radius: number;
    hazards: JsonColumn;
    access: string | null;
    key_holders: JsonColumn;
    changed_at: Moment;
    changed_by: string;
  };
  position: {
    agency: string;
    unit_id: string | null;
    device_id: string;
    event_time: Moment;
    receive_time: Moment;
    lon: number;
    lat: number;
    accuracy: number | null;
    speed: number | null;
    bearing: number | null;
    battery: number | null;
    source: string;
  };
}
