import type { Registrar } from '../program.js';
import { registerRoadsBuild } from './roads-build.js';
import { registerRoadsCalibrate } from './roads-calibrate.js';
import { registerRoadsExport } from './roads-export.js';
import { registerRoadsInfo } from './roads-info.js';
import { registerRoadsIsochrone } from './roads-isochrone.js';
import { registerRoadsMatch } from './roads-match.js';
import { registerRoadsMatrix } from './roads-matrix.js';
import { registerRoadsNearest } from './roads-nearest.js';
import { registerRoadsRoute } from './roads-route.js';

export function registerRoads(registrar: Registrar): void {
  const roads = registrar.program
    .command('roads')
    .description('Build and question the road network that travel times come from')
    .addHelpText(
      'after',
      `
A network file is built once from an OpenStreetMap extract, with the companions that lie beside it, and then used by
serve, rehearse, places and the commands here.
Extracts of any region: https://download.geofabrik.de (.osm.pbf), or "Export" on https://www.openstreetmap.org (.osm).

Examples:
  $ lamplight roads build city.osm.pbf --out city.roads
  $ lamplight roads info city.roads
  $ lamplight roads route --network city.roads --from -122.41,37.78 --to -122.44,37.76
  $ lamplight roads isochrone --network city.roads --at -122.41,37.78 --minutes 4,8 --out reach.geojson
`,
    );
  registerRoadsBuild(registrar, roads);
  registerRoadsInfo(registrar, roads);
  registerRoadsRoute(registrar, roads);
  registerRoadsMatrix(registrar, roads);
  registerRoadsNearest(registrar, roads);
  registerRoadsIsochrone(registrar, roads);
  registerRoadsMatch(registrar, roads);
  registerRoadsExport(registrar, roads);
  registerRoadsCalibrate(registrar, roads);
}
