/** The month before the running one, as `2026-10`. */
export const lastMonth = (today: Date) => new Date(Date.UTC(today.getFullYear(), today.getMonth() - 1, 1)).toISOString().slice(0, 7);

export const isOver = (month: string, today: Date) => /^\d{4}-(0[1-9]|1[0-2])$/.test(month) && month <= lastMonth(today);
