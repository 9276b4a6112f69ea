import { describeBlobStore } from './contract.ts'
import { setupDisk } from './disk-setup.ts'
import { describeResumableBlobs } from './resumable-contract.ts'

describeBlobStore('A folder', setupDisk)
describeResumableBlobs('A folder', setupDisk)
