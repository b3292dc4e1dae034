// The client package as a program of its own: logs in, connects, says so, and ends with the reason for which its session did.
import { Oneseat } from '../../dist/client/index.js';

const [baseUrl, identifier, password] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const oneseat = new Oneseat({ baseUrl });
oneseat.onSessionEnded(({ reason, endedBy }) => say({ node: process.version, reason, by: endedBy?.device.name }));
await oneseat.logIn({ identifier, password });
await oneseat.connect();
say('connected');
