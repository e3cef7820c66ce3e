package org.dmuser.examples.backup.repository.crypto;

/** The keys of an open repository. Threads: any number; each uses the sealers it has asked for. */
public interface Keys {

    /** For repositories without encryption. */
    Keys NONE = new Keys() {
        @Override
        public Sealer chunkSealer() {
            return Sealer.NONE;
        }

        @Override
        public Sealer metadataSealer() {
            return Sealer.NONE;
        }
    };

    /** A new sealer for chunks. */
    Sealer chunkSealer();

    /** A new sealer for everything else. */
    Sealer metadataSealer();
}
