import { defineEndpoint } from '@jackalope/service-kit/endpoint'
import { z } from 'zod'
import {
  audioDeleted,
  audioExpired,
  audioNotReady,
  conversionFailed,
  fileDeleted,
  tooManyDownloads,
} from './files.ts'
import { jobUnknown } from './jobs.ts'

/** Most jobs of one archive. */
export const maxArchivedJobs = 100

export const downloadZip = defineEndpoint({
  id: 'downloadZip',
  method: 'GET',
  path: '/downloads/zip',
  tag: 'Files',
  summary: 'The audio of several jobs as one ZIP archive',
  description:
    'The files are stored as they are, one after the other, in the order of the query. Two of the same name are told apart: `song (2).mp3`. The whole is refused if the audio of one job is not there; `job` in the problem names it. If a file is deleted while it is sent, the connection breaks: the archive is shorter than its `Content-Length`.',
  access: { scope: 'files:read' },
  query: z.object({
    job: z
      .array(z.string(), 'say which jobs: /downloads/zip?job=ID&job=ID')
      .min(1, 'say which jobs: /downloads/zip?job=ID&job=ID')
      .max(maxArchivedJobs, `expected at most ${maxArchivedJobs} jobs`)
      .describe('Ids of completed jobs, each as a parameter of its own.'),
  }),
  answers: {
    200: {
      description: 'The archive',
      contentTypes: ['application/zip'],
      headers: {
        'Content-Disposition': 'Name of the archive (RFC 6266).',
        'Content-Length': 'Bytes of the archive.',
      },
    },
  },
  problems: [
    jobUnknown,
    audioNotReady,
    conversionFailed,
    audioDeleted,
    audioExpired,
    fileDeleted,
    tooManyDownloads,
  ],
})
