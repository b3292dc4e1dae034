/** Who may import whom. Each rule says why in its comment, which is also its message. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'The flow goes one way: controller → service → rule → port; then event → listener.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'through-index',
      comment: "A room's index.ts is its door. Only modules, which wire, reach for another room's module file.",
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '\\.module\\.ts$' },
      to: { path: '^src/[^/]+/.+', pathNot: ['^src/$1/', '/index\\.ts$'] },
    },
    {
      name: 'common-knows-no-room',
      comment: 'common/ has no business words.',
      severity: 'error',
      from: { path: '^src/common/' },
      to: { path: '^src/(?!common/)' },
    },
    {
      name: 'account-stands-alone',
      comment: 'The account is the heart: every room may know it, it knows none of them.',
      severity: 'error',
      from: { path: '^src/accounts/' },
      to: { path: '^src/(?!accounts/|common/)' },
    },
    {
      name: 'policy-is-pure',
      comment: 'The policy decides over what it is handed; it reads nothing and imports only types.',
      severity: 'error',
      from: { path: '\\.policy\\.ts$' },
      to: { dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'deciders-are-pure',
      comment: 'A decider may run twice: it imports no service, no store, no guard, no framework.',
      severity: 'error',
      from: { path: '\\.decider\\.ts$' },
      to: { path: '\\.(service|store|controller|module)\\.ts$|^src/auth/|^node_modules/(@nestjs|fastify|mongoose)' },
    },
    {
      name: 'sessions-know-no-http',
      comment: 'The guards stand on sessions/; only its http/ stands on the guards.',
      severity: 'error',
      from: { path: '^src/sessions/', pathNot: '^src/sessions/http/' },
      to: { path: '^src/(auth|users)/' },
    },
    {
      name: 'stores-behind-ports',
      comment: 'Rooms know ports. Adapters are picked by storage.module.ts alone.',
      severity: 'error',
      from: { path: '^src/(?!storage/|app\\.module\\.ts)' },
      to: { path: '^src/storage/(sqlite|mongo)/' },
    },
    {
      name: 'drivers-in-storage',
      comment: 'No driver type crosses a port.',
      severity: 'error',
      from: { path: '^src/(?!storage/)' },
      to: { path: 'node_modules/(mongoose|mongodb|@nestjs/mongoose|@photostructure/sqlite)' },
    },
    {
      name: 'one-sqlite-import',
      comment: 'Later versions of Node have this driver built in: one file to change.',
      severity: 'error',
      from: { path: '^src/', pathNot: 'sqlite-database\\.ts$' },
      to: { path: 'node_modules/@photostructure/sqlite' },
    },
    {
      name: 'events-only',
      comment:
        'Notices follow from events; the core never calls for one. Reports begin at a notice; sockets and mail carry them.',
      severity: 'error',
      from: { path: '^src/(?!notifications/|reports/|realtime/|delivery/|storage/|app\\.module\\.ts)' },
      to: { path: '^src/notifications/' },
    },
    {
      name: 'sockets-follow-events',
      comment: 'The core neither waits for a socket nor knows of one: it commits, and realtime/ hears of it.',
      severity: 'error',
      from: { path: '^src/(?!realtime/|app\\.(module|setup)\\.ts)' },
      to: {
        path: '^src/realtime/|node_modules/(socket\\.io|@socket\\.io|engine\\.io|@nestjs/(websockets|platform-socket\\.io)|ioredis)',
      },
    },
    {
      name: 'core-delivers-nothing',
      comment:
        'Mail, push and webhooks follow from events, after the commit. Only what sends codes or links knows the channels.',
      severity: 'error',
      from: {
        path: '^src/(accounts|auth|common|compat|config|devices|health|notifications|outbox|service|sessions|users)/',
      },
      to: { path: '^src/delivery/' },
    },
    {
      name: 'clouds-on-demand',
      comment: 'What keeps pictures elsewhere is loaded only where it is configured: its adapter by a dynamic import.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/media/storage/(s3|cloudinary)', dynamic: false },
    },
    {
      name: 'clouds-in-adapters',
      comment: 'Only the adapter of a cloud knows its library.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/media/storage/(s3|cloudinary)' },
      to: { path: 'node_modules/(@aws-sdk|@smithy|cloudinary)/' },
    },
    {
      name: 'nothing-stands-on-compat',
      comment: 'The earlier APIs are thin controllers over the same services; nothing of them is in the core.',
      severity: 'error',
      from: { path: '^src/(?!compat/|app\\.module\\.ts)' },
      to: { path: '^src/compat/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
};
