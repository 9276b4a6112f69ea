import { describeBlobStore } from './contract.ts'
import { setupGridFs } from './gridfs-setup.ts'

describeBlobStore('GridFS', t => setupGridFs(t))
