import { join, resolve } from 'node:path'

/** Paths of the project. All are absolute. */
export interface Project {
  root: string
  /** Folder of everything that `./jackalope` creates: tools, data, logs. Git ignores it. */
  state: string
  logs: string
  /** Data and records of the servers of `up` and `demo`. */
  servers: string
  /** Records of the services of `up` and `demo`. */
  services: string
  /** Videos and audio, when they are kept in the disk store. */
  blobs: string
  /** The sample video of `demo`, and its audio. */
  samples: string
  /** One folder for each running `test`. */
  testRuns: string
  /** One folder for each running `bench`. */
  benchRuns: string
}

/** @param root - the project's folder. @default the folder of the project that contains this file */
export function projectAt(root: string = resolve(import.meta.dirname, '../../..')): Project {
  const state = join(root, '.jackalope')
  return {
    root,
    state,
    logs: join(state, 'logs'),
    servers: join(state, 'servers'),
    services: join(state, 'services'),
    blobs: join(state, 'blobs'),
    samples: join(state, 'samples'),
    testRuns: join(state, 'test-runs'),
    benchRuns: join(state, 'bench-runs'),
  }
}
