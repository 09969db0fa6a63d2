export {
  type Account,
  type AccountChange,
  createAccount,
  findAccount,
  findAccountByName,
  listAccounts,
  type NewAccount,
  setPassword,
  updateAccount,
} from './accounts.js';
export {
  type AuditEntry,
  type AuditFilter,
  appendAudit,
  listAudit,
  type RecordedAuditEntry,
} from './audit.js';
export {
  type Device,
  type DeviceSecrets,
  listDevices,
  type NewDevice,
  registerDevice,
  updateDevice,
  verifyDevice,
  verifyOsmandKey,
} from './devices.js';
export {
  dropEndedSessions,
  endSession,
  findSession,
  type Session,
  type SessionLimits,
  startSession,
} from './sessions.js';
export { ADMINISTRATOR, createSetupLink, isSetUp, redeemSetupLink, type SetupRefusal } from './setup-link.js';
export { LOCK_OUT, type LockOut, type SignInRefusal, signIn } from './sign-in.js';
