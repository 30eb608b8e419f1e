/** Whose days the platform counts: its services' `TimeZone` by default. A browser may be elsewhere, or on a terminal server that runs in UTC. */
const ZONE = 'Europe/Berlin';

/** The platform's day, as 2026-11-30. */
export const todayIso = () => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format();

/** Noon of that day by the browser's clock. */
export const today = () => new Date(`${todayIso()}T12:00:00`);
