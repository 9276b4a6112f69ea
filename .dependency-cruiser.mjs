// Which package may import which: DESIGN of the house, checked by `./jackalope test`.
//
//   service -> contracts -> worker-kit/job, service-kit/endpoint
//   service -> worker-kit, service-kit, blob-store
//   gateway -> page's list of addresses; page -> api-client, contracts' choices
//   cli     -> local-servers, api-client
//   bench   -> worker-kit, contracts, blob-store, local-servers   (cli may import what reads its arguments)
//   examples -> worker-kit, blob-store   (a test may start the whole system by test/support)
//
// Within worker-kit: job <- redis, amqp <- dead-letters, producer <- worker <- backend <- cancel <- kit <- metrics, command-line;
// broker-producer stands beside kit, and outbox upon it
//
// Tests of a package may import what its code may, and local-servers.

const services = ['auth', 'gateway', 'converter', 'notifier']

/** What the code of each package may import of the other packages, as paths below packages/. */
const allowed = {
  'worker-kit': [],
  'service-kit': [],
  'blob-store': [],
  'local-servers': [],
  'docs-site': [],
  contracts: ['worker-kit/src/job/', 'service-kit/src/endpoint/'],
  'api-client': [],
  // A browser gets neither Node's modules nor the schemas of contracts.
  page: [
    'api-client/src/(api-error|create-client|openapi\\.gen)\\.ts',
    'contracts/src/conversion-choices\\.ts',
    'contracts/src/explanations/',
  ],
  cli: ['local-servers/', 'api-client/'],
  ...Object.fromEntries(
    services.map(name => [name, ['contracts/', 'worker-kit/', 'service-kit/', 'blob-store/']]),
  ),
  gateway: ['contracts/', 'worker-kit/', 'service-kit/', 'blob-store/', 'page/src/page-paths\\.ts'],
}

/** What the scripts of a package that make a part of it may import besides, and the tests of that part. */
const generators = { 'api-client': ['contracts/', 'service-kit/'], page: ['contracts/'] }

const known = Object.keys(allowed).join('|')

/** What each folder of worker-kit may import of the others, besides the files beside them: no arrow runs back up. */
const workerKitFolders = {
  job: [],
  redis: [],
  amqp: [],
  'dead-letters': ['redis', 'amqp'],
  producer: ['redis', 'amqp'],
  'broker-producer': ['job', 'amqp', 'producer', 'backend'],
  outbox: ['job', 'amqp', 'producer', 'broker-producer'],
  worker: ['job', 'redis', 'amqp', 'dead-letters', 'producer'],
  backend: ['job', 'redis', 'amqp', 'dead-letters', 'producer', 'worker'],
  cancel: ['job', 'backend'],
  kit: ['job', 'redis', 'amqp', 'dead-letters', 'producer', 'backend', 'cancel'],
  metrics: ['kit', 'outbox'],
  'command-line': ['job', 'amqp', 'dead-letters', 'backend', 'cancel', 'kit'],
}

const workerKit = 'packages/worker-kit/src'

const workerKitRules = [
  ...Object.entries(workerKitFolders).map(([folder, targets]) => ({
    name: `worker-kit-${folder}-imports-only-what-it-may`,
    severity: 'error',
    from: { path: `^${workerKit}/${folder}/` },
    to: { path: `^${workerKit}/[^/]+/`, pathNot: `^${workerKit}/(${[folder, ...targets].join('|')})/` },
  })),
  {
    name: 'every-folder-of-worker-kit-has-a-rule',
    comment: 'A new folder gets its place in `workerKitFolders` above.',
    severity: 'error',
    from: { path: `^${workerKit}/(?!(${Object.keys(workerKitFolders).join('|')})/)[^/]+/` },
    to: {},
  },
  {
    name: 'files-beside-the-folders-of-worker-kit-import-none-of-them',
    comment: 'They are there for all folders; `index.ts` alone shows what is public.',
    severity: 'error',
    from: { path: `^${workerKit}/[^/]+\\.ts$`, pathNot: `^${workerKit}/index\\.ts$` },
    to: { path: `^${workerKit}/[^/]+/` },
  },
  {
    name: 'amqplib-behind-fast-publish-has-one-door',
    severity: 'error',
    from: { path: `^${workerKit}/`, pathNot: `^${workerKit}/amqp/fast-publish/` },
    to: { path: `^${workerKit}/amqp/fast-publish/`, pathNot: '/fast-publish/index\\.ts$' },
  },
]

function arrowsOf([name, targets]) {
  const own = `${name}/`
  return [
    {
      name: `${name}-imports-only-what-it-may`,
      severity: 'error',
      from: { path: `^packages/${name}/src/` },
      to: { path: '^packages/', pathNot: `^packages/(${[own, ...targets].join('|')})` },
    },
    {
      name: `${name}-tests-import-only-what-they-may`,
      severity: 'error',
      from: { path: `^packages/${name}/(?!src/)` },
      to: {
        path: '^packages/',
        pathNot: `^packages/(${[own, ...targets, 'local-servers/', ...(generators[name] ?? [])].join('|')})`,
      },
    },
  ]
}

export default {
  forbidden: [
    ...Object.entries(allowed).flatMap(arrowsOf),
    ...workerKitRules,
    {
      name: 'every-package-has-a-rule',
      comment: 'A new package gets its place in `allowed` above.',
      severity: 'error',
      from: { path: `^packages/(?!(${known})/)` },
      to: {},
    },
    {
      name: 'bench-imports-only-what-it-may',
      severity: 'error',
      from: { path: '^bench/' },
      to: { path: '^packages/', pathNot: '^packages/(worker-kit|local-servers|contracts|blob-store)/' },
    },
    {
      name: 'bench-is-imported-by-nobody',
      comment: 'Only the command line reads its arguments, to refuse wrong ones at once.',
      severity: 'error',
      from: { pathNot: '^(bench/|packages/cli/src/commands/bench\\.ts$)' },
      to: { path: '^bench/' },
    },
    {
      name: 'examples-import-only-what-they-may',
      severity: 'error',
      from: { path: '^examples/' },
      to: { path: '^packages/', pathNot: '^packages/(worker-kit|blob-store|local-servers)/' },
    },
    {
      name: 'examples-are-imported-by-nobody',
      severity: 'error',
      from: { pathNot: '^examples/' },
      to: { path: '^examples/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'other-packages-by-their-name',
      comment: 'A relative path goes around what the other package exports.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'code-imports-no-tests',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/' },
      to: { path: '^(test|packages/[^/]+/test)/' },
    },
    {
      name: 'every-import-is-found',
      comment:
        "What cannot be followed cannot be checked. (The suite's setup runs in the folder of BullMQ's tests.)",
      severity: 'error',
      from: { pathNot: '^packages/worker-kit/test/bullmq-suite/setup\\.ts$' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: 'node_modules/(?!@jackalope/)|^packages/([^/]+/dist|worker-kit/test/package/fixtures)/',
    },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
}
