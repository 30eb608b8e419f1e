import { areaTexts } from '../i18n';

export const useHelpTexts = areaTexts(
  {
    lead: 'Kurz erklärt, was Sie hier tun können und was die Zeichen bedeuten.',
    contents: 'Auf dieser Seite',
    tourAgain: 'Rundgang noch einmal zeigen',
    noImprint: 'Ihre Verwaltung hat noch kein Impressum hinterlegt. Bitte wenden Sie sich an ihre Pressestelle oder Poststelle.',
    noPrivacy: 'Ihre Verwaltung hat noch keine Datenschutzhinweise hinterlegt. Bitte wenden Sie sich an ihre Datenschutzbeauftragten.',
    noContact: 'Bitte wenden Sie sich an Ihre Verwaltung; sie hat hier noch keine Anschrift hinterlegt.',
  },
  {
    lead: 'In short: what you can do here, and what the marks mean.',
    contents: 'On this page',
    tourAgain: 'Show the tour again',
    noImprint: 'Your administration has not published an imprint yet. Please ask its press office.',
    noPrivacy: 'Your administration has not published privacy information yet. Please ask its data protection officers.',
    noContact: 'Please turn to your administration; it has not left an address here yet.',
  },
);
