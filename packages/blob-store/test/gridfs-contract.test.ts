import { describeBlobStore } from './contract.ts'
import { noMongodb, setupGridFs } from './gridfs-setup.ts'

describeBlobStore('GridFS', t => setupGridFs(t), { skip: noMongodb })
