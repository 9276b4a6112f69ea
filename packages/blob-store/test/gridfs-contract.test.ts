import { noMongodb } from '@jackalope/local-servers/testing'
import { describeBlobStore } from './contract.ts'
import { setupGridFs } from './gridfs-setup.ts'
import { describeResumableBlobs } from './resumable-contract.ts'

describeBlobStore('GridFS', t => setupGridFs(t), { skip: noMongodb })
describeResumableBlobs('GridFS', t => setupGridFs(t), { skip: noMongodb })
