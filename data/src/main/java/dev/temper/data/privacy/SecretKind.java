package dev.temper.data.privacy;

/** Kinds of secrets, in the order in which they are looked for. */
enum SecretKind {
    PRIVATE_KEY,
    ACCESS_TOKEN,
    JSON_WEB_TOKEN,
    PASSWORD_IN_ADDRESS,
    PASSWORD
}
