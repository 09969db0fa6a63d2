export {
  type Account,
  type AccountChange,
  type AccountRefusal,
  changeAccount,
  createAccount,
  endSessionsOfAccount,
  findAccount,
  findAccountByName,
  listAccounts,
  type NewAccount,
  setPassword,
} from './accounts.js';
export { ADMINISTRATOR } from './administrators.js';
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
  findDevice,
  listDevices,
  type NewDevice,
  noteDevicesSeen,
  registerDevice,
  renewSecrets,
  updateDevice,
  verifyDevice,
  verifyOsmandKey,
} from './devices.js';
export {
  countSessions,
  dropEndedSessions,
  endSession,
  findSession,
  type Session,
  type SessionLimits,
  startSession,
} from './sessions.js';
export {
  type AccountSetting,
  listAccountSettings,
  listRoleSettings,
  putAccountSetting,
  putRoleSetting,
  type RoleSetting,
} from './settings.js';
export { createSetupLink, isSetUp, redeemSetupLink, type SetupRefusal } from './setup-link.js';
export { LOCK_OUT, type LockOut, type SignInRefusal, signIn } from './sign-in.js';
