import { type AgencyProfile, agencySettingsSchema, type changeAgencyBody } from '@lamplight/contracts';
import type { Localized } from '@lamplight/domain';
import { changeAgencySettings, type Database, findAgency, type Json } from '@lamplight/store';
import type { z } from 'zod';

/** What the agency says of itself, as administrators have set it. */
export interface AgencyProfiles {
  get(): AgencyProfile;
  change(change: z.output<typeof changeAgencyBody>): Promise<AgencyProfile>;
  /** Reads what other servers may have written. */
  refresh(): Promise<void>;
}

/** `agency` is what the server was started with: it holds where an administrator has said nothing else. */
export async function openAgencyProfile(
  database: Database,
  agency: { readonly id: string; readonly name: Localized; readonly timeZone: string },
): Promise<AgencyProfiles> {
  const read = async (): Promise<AgencyProfile> => {
    const known = await findAgency(database, agency.id);
    const { name, locale, positionDays, receiptDays } = agencySettingsSchema.parse(known?.settings ?? {});
    return {
      id: agency.id,
      name: name ?? agency.name,
      timeZone: agency.timeZone,
      locale,
      retention: { positionDays, receiptDays },
    };
  };
  let profile = await read();
  return {
    get: () => profile,
    async change({ name, locale, retention }) {
      const settings: { [key: string]: Json } = {
        ...(name && { name: { ...name } }),
        ...(locale && { locale }),
        ...(retention && { ...retention }),
      };
      await changeAgencySettings(database, agency.id, settings, name && { ...name });
      profile = await read();
      return profile;
    },
    async refresh() {
      profile = await read();
    },
  };
}
