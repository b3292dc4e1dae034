import { pino } from 'pino';
import { createLogger, NestLogger } from './logger.js';

const TOKEN = `ost_${'a'.repeat(86)}`;
const TICKET = `ott_${'b'.repeat(64)}`;

/** What has been written, as it stands on stdout. */
let output = '';
const logger = createLogger('trace');
Object.assign(logger, { [pino.symbols.streamSym]: { write: (line: string) => (output += line) } });

const lines = () => output.trimEnd().split('\n');
const entry = () => JSON.parse(output) as Record<string, any>;

beforeEach(() => {
  output = '';
});

describe('the log', () => {
  it('holds one line per entry, whatever text goes into it', () => {
    const forged = 'x\n{"level":50,"msg":"forged"}\r\n\u2028"}';
    logger.info({ route: forged, err: new Error(forged) }, forged);
    new NestLogger(logger).warn(forged, forged);
    expect(lines()).toHaveLength(2);
    expect(lines().map((line) => JSON.parse(line).msg)).toEqual([forged, forged]);
  });

  it.each(['authorization', 'cookie', 'password', 'currentPassword', 'newPassword', 'token', 'ticket', 'secret'])(
    'redacts %s, at the top and in a member',
    (name) => {
      logger.info({ [name]: 'hidden', request: { [name]: 'hidden', route: '/v1/sessions' } });
      expect(output).not.toContain('hidden');
      expect(entry()).toMatchObject({ [name]: '[redacted]', request: { [name]: '[redacted]', route: '/v1/sessions' } });
    },
  );

  it('tells type, stack and causes of an error', () => {
    const error = new TypeError('outer', { cause: new RangeError('inner', { cause: 'plain text' }) });
    logger.error({ err: error }, 'failed');
    expect(entry().err).toMatchObject({ type: 'TypeError', cause: { type: 'RangeError', cause: 'plain text' } });
    expect(entry().err.stack).toContain('outer');
    expect(entry().err.stack).toContain('logger.spec');
  });

  it('leaves out what drivers attach to an error, and tokens, tickets and numbers in its message', () => {
    const error = Object.assign(new Error(`dup key: ${TOKEN} ${TICKET} mobile:+919012345678`), {
      writeErrors: [{ op: { passwordHash: '$argon2id$x' } }],
    });
    logger.error({ err: new Error('failed', { cause: error }) });
    expect(output).toContain('dup key: [redacted] [redacted] mobile:[redacted]');
    expect(output).not.toContain('argon2id');
    output = '';
    logger.error({ err: `thrown text ${TOKEN}` });
    expect(entry().err).toBe('thrown text [redacted]');
  });

  it('survives an error that causes itself', () => {
    const error = new Error('ouroboros');
    error.cause = error;
    expect(() => logger.error({ err: error }, 'failed')).not.toThrow();
    expect(lines()).toHaveLength(1);
  });
});

describe('the lines of the framework', () => {
  const nest = new NestLogger(logger);

  it('carry the name of the logger, and are for debugging where they tell of the wiring', () => {
    nest.log('first administrator created', 'FirstAdmin');
    nest.log('AppModule dependencies initialized', 'InstanceLoader');
    const [own, wiring] = lines().map((line) => JSON.parse(line));
    expect(own).toMatchObject({ level: 30, context: 'FirstAdmin', msg: 'first administrator created' });
    expect(wiring).toMatchObject({ level: 20, context: 'InstanceLoader' });
  });

  it('take the form { err }, text, name of our own loggers', () => {
    nest.warn({ err: new Error('gone') }, 'events not handed on', 'Outbox');
    expect(entry()).toMatchObject({
      level: 40,
      context: 'Outbox',
      msg: 'events not handed on',
      err: { type: 'Error' },
    });
  });

  it('tell type and stack of an error handed over bare, and nothing that is attached to it', () => {
    nest.error(
      Object.assign(new TypeError('bare'), { document: { passwordHash: '$argon2id$x' } }),
      'ExceptionsHandler',
    );
    expect(output).toContain('TypeError: bare');
    expect(output).not.toContain('argon2id');
  });

  it('keep the stack that the framework hands over as text', () => {
    nest.error('boom', 'Error: boom\n    at somewhere.js:1:1', 'ExceptionsHandler');
    expect(output).toContain('somewhere.js');
  });
});
