import { noMongodb } from '@jackalope/local-servers/testing'
import { describeBlobStore } from './contract.ts'
import { setupGridFs } from './gridfs-setup.ts'

describeBlobStore('GridFS', t => setupGridFs(t), { skip: noMongodb })
