import { createRandom, formatInstant, instant, type LonLat } from '@lamplight/base';
import type { City } from '@lamplight/simulation';

/** The profile of the recordings made here. */
export const TINY_PROFILE = {
  name: 'Tiny town',
  timeZone: 'Asia/Shanghai',
  timeFormat: 'iso',
  columns: {
    call: 'call',
    unit: 'unit',
    unitType: 'kind',
    incidentType: 'type',
    received: 'received',
    entry: 'entry',
    dispatch: 'dispatch',
    enroute: 'enroute',
    onScene: 'on_scene',
    available: 'available',
  },
  position: { lat: 'lat', lon: 'lon' },
  incidentTypes: { Sick: 'SICK', Fire: 'FTRASH' },
  otherIncidentType: 'SICK',
  unitTypes: { MEDIC: ['ambulance-als', 'ambulance-bls'], ENGINE: ['fire-engine'], SUPPORT: [] },
  homeStations: [{ unit: '^[EM]0*(\\d+)$', station: '$1' }],
};

const START = instant(Date.parse('2026-03-01T10:00:00+08:00'));
const HEADING = 'call,unit,kind,type,received,entry,dispatch,enroute,on_scene,available,lat,lon';

/** A recording of so many calls, one every 40 s, in a city; every fourth has two units, every fifth one that turns back. */
export function recordCalls(city: City, calls: number): { csv: string; responses: number } {
  const random = createRandom('tiny-recording');
  const lines = [HEADING];
  for (let number = 1; number <= calls; number++) {
    const received = START + number * 40_000;
    const dispatch = received + (30 + random.integer(40)) * 1000;
    const entry = received + (dispatch - received) / 2;
    const place = random.pick(city.addresses).position;
    const units = number % 4 === 0 ? ['M', 'E'] : [number % 3 === 0 ? 'E' : 'M'];
    for (const letter of units) {
      const turnedBack = number % 5 === 0;
      const enroute = dispatch + (10 + random.integer(30)) * 1000;
      const onScene = enroute + (60 + random.integer(120)) * 1000;
      const available = (turnedBack ? enroute : onScene) + (60 + random.integer(240)) * 1000;
      const moments = [received, entry, dispatch, enroute, turnedBack ? undefined : onScene, available];
      lines.push(
        [
          `call-${number}`,
          `${letter}0${1 + (number % 3)}`,
          letter === 'M' ? 'MEDIC' : 'ENGINE',
          letter === 'M' ? 'Sick' : 'Fire',
          ...moments.map((moment) => (moment === undefined ? '' : formatInstant(instant(moment)))),
          place[1],
          place[0],
        ].join(','),
      );
    }
  }
  return { csv: `${lines.join('\n')}\n`, responses: lines.length - 1 };
}

/** Stations as the rehearsal reads them. */
export function stationsCsv(positions: readonly LonLat[]): string {
  const rows = positions.map(([lon, lat], index) => `${index + 1},Station ${index + 1},${lat},${lon}`);
  return `${['station,address,lat,lon', ...rows].join('\n')}\n`;
}
