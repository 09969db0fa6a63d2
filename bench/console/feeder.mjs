// A broker that the server connects to as to any other, and the devices behind it, in a process of its own. Told by its
// parent which devices there are, how many of them move, and how often a second each reports.
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { createRandom } from '../../packages/base/dist/index.js';

const SLICES = 20;
const METRES_PER_DEGREE = 111_320;

const broker = await Aedes.createBroker();
const server = createServer(broker.handle);
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

const random = createRandom(41);
let vehicles = [];
let moving = 0;
let timer;

process.on('message', (message) => {
  if (message.devices) {
    vehicles = message.devices.map(({ deviceId, position }) => ({
      topic: `owntracks/${deviceId}/p`,
      position,
      heading: random.next() * 2 * Math.PI,
      speed: 4 + random.next() * 14,
    }));
  }
  if (message.moving !== undefined) moving = message.moving;
  if (message.perSecond !== undefined) {
    clearInterval(timer);
    let slice = 0;
    timer = setInterval(
      () => {
        for (let index = slice; index < Math.min(moving, vehicles.length); index += SLICES)
          report(vehicles[index]);
        slice = (slice + 1) % SLICES;
      },
      1000 / SLICES / message.perSecond,
    );
  }
});

/** Drives on for a second, in a straight line with a turn now and then, and tells where it is. */
function report(vehicle) {
  if (random.next() < 0.05) vehicle.heading = random.next() * 2 * Math.PI;
  const [lon, lat] = vehicle.position;
  const step = vehicle.speed / METRES_PER_DEGREE;
  vehicle.position = [
    lon + (Math.sin(vehicle.heading) * step) / Math.cos((lat * Math.PI) / 180),
    lat + Math.cos(vehicle.heading) * step,
  ];
  const payload = JSON.stringify({
    _type: 'location',
    lon: Number(vehicle.position[0].toFixed(6)),
    lat: Number(vehicle.position[1].toFixed(6)),
    tst: Math.floor(Date.now() / 1000),
    vel: Math.round(vehicle.speed * 3.6),
    cog: Math.round((vehicle.heading * 180) / Math.PI),
    acc: 6,
  });
  broker.publish(
    { cmd: 'publish', qos: 0, retain: false, dup: false, topic: vehicle.topic, payload },
    () => {},
  );
}
