/**
 * Encryption of a repository: from what the user knows or has (a passphrase, a key file) to sealed bytes.
 *
 * <pre>
 *   Key (passphrase, key file) -> key that wraps -> master key -> key of chunks   -> Sealer
 *                                                              -> key of all else -> Sealer
 * </pre>
 *
 * <p>Without encryption nothing here but {@link org.dmuser.examples.backup.repository.crypto.Sealer#NONE} is ever
 * loaded: the JDK's cryptography and BouncyCastle take longer to start than an incremental backup takes in all.
 */
package org.dmuser.examples.backup.repository.crypto;
