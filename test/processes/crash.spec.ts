import { DatabaseSync } from '@photostructure/sqlite';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Ledger } from '../support/ledger.js';
import { Spares, type Spare } from '../support/spares.js';
import { ENGINES, newStore } from '../support/stores.js';
import { byTier } from '../support/tier.js';

const CRASHES = byTier({ quick: 10, full: 10, long: 200 });

/** ms */
const TIMEOUT = 180_000 + CRASHES * 20_000;

describe(`a service that is killed at ${CRASHES} random moments under load`, () => {
  // One process serves every engine, so that each crash is one of all of them.
  const services = ENGINES.map((engine) => ({
    engine,
    store: newStore(engine),
    ledger: new Ledger(),
    damage: [] as string[],
  }));
  const spares = new Spares(services.map(({ store }) => store));

  beforeAll(async () => {
    let spare = await spares.start();
    const each = (task: (service: (typeof services)[number], api: Spare['apis'][number]) => Promise<void>) =>
      Promise.all(services.map((service, index) => task(service, spare.apis[index]!)));

    await each(({ ledger }, api) => ledger.begin(api));
    for (let crash = 0; crash < CRASHES; crash++) {
      let crashed = false;
      const load = each(({ ledger }, api) => ledger.load([api], () => crashed));
      await Promise.race([load, randomMoment(services[crash % services.length]!.ledger)]);
      crashed = true;
      await spare.kill();
      await load;
      spare = await spares.start();
      await each(async ({ ledger, store, damage }, api) => {
        await ledger.check(api);
        damage.push(...integrityOf(store.settings.DATABASE_FILE));
      });
    }
    await each(async ({ ledger }, api) => {
      await ledger.check(api, true);
      await ledger.checkNotices(api);
    });
    await spare.kill();
  }, TIMEOUT);

  afterAll(async () => {
    await spares.close();
    await Promise.all(services.map(({ store }) => store.dispose()));
  });

  it.each(services)(
    'stands by every login, revocation and new-device notice that it acknowledged: $engine',
    ({ ledger }) => {
      const { logins, revocations } = ledger.counts;
      expect(Math.min(logins, revocations)).toBeGreaterThan(CRASHES);
      expect(ledger.faults).toEqual([]);
    },
  );

  it.each(services.filter(({ engine }) => engine === 'sqlite'))('leaves its file sound: $engine', ({ damage }) =>
    expect(damage).toEqual([]),
  );
});

/** Upon an answer, when the server is still busy with what follows it, or a little later. */
async function randomMoment({ answers }: Ledger): Promise<void> {
  for (let count = randomInt(1, 120); count > 0; count--) await once(answers, 'answer');
  if (randomInt(2) === 0) await delay(Math.random() * 20);
}

/** Looked at while the service runs: to close the last connection would tidy up what a restart must cope with. */
function integrityOf(file: string | undefined): string[] {
  if (file === undefined) return [];
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
  database.close();
  return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
}
