package dev.temper.data.privacy;

/** Kinds of personal data, in the order in which they are looked for: what has a checksum first. */
enum PersonalKind {
    EMAIL,
    CN_RESIDENT_ID,
    IBAN,
    BANK_CARD,
    US_SSN,
    IPV6,
    IPV4,
    CN_MOBILE,
    CN_LANDLINE,
    PHONE,
    PASSPORT,
    ADDRESS,
    PERSON_NAME
}
