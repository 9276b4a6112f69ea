import { noMongodb } from '@jackalope/local-servers/testing'
import { describeBlobStore } from './contract/blob-store-contract.ts'
import { describeResumableBlobs } from './contract/resumable-blobs-contract.ts'
import { setupGridFs } from './gridfs-setup.ts'

describeBlobStore('GridFS', t => setupGridFs(t), { skip: noMongodb })
describeResumableBlobs('GridFS', t => setupGridFs(t), { skip: noMongodb })
