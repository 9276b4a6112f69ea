import { describeBlobStore } from './contract/blob-store-contract.ts'
import { describeResumableBlobs } from './contract/resumable-blobs-contract.ts'
import { setupDisk } from './disk-setup.ts'

describeBlobStore('A folder', setupDisk)
describeResumableBlobs('A folder', setupDisk)
