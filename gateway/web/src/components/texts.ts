import { areaTexts } from '../i18n';

/** What lists and forms of every area say. */
export const useCommonTexts = areaTexts(
  {
    staleTitle: 'Jemand hat das inzwischen geändert.',
    staleText:
      'Ihre Eingaben stehen noch hier, gespeichert sind sie nicht. Laden Sie den aktuellen Stand und tragen Sie Ihre Änderung erneut ein.',
    reload: 'Aktuellen Stand laden',
    noneYet: 'Noch nichts vorhanden.',
    saved: 'Gespeichert.',
    checkFields: 'Bitte prüfen Sie die markierten Angaben.',
    download: '{0} herunterladen',
    back: 'Zurück',
    edit: 'Ändern',
    editOf: 'Ändern: {0}',
    deleteOf: 'Löschen: {0}',
    details: 'Anzeigen',
    chooseOne: 'Bitte wählen',
    none: 'Keine',
    yes: 'ja',
    no: 'nein',
  },
  {
    staleTitle: 'Somebody has changed this meanwhile.',
    staleText: 'What you typed still stands here, but is not saved. Load the current state and make your change again.',
    reload: 'Load current state',
    noneYet: 'Nothing here yet.',
    saved: 'Saved.',
    checkFields: 'Please check the marked fields.',
    download: 'Download {0}',
    back: 'Back',
    edit: 'Change',
    editOf: 'Change: {0}',
    deleteOf: 'Delete: {0}',
    details: 'Show',
    chooseOne: 'Please choose',
    none: 'None',
    yes: 'yes',
    no: 'no',
  },
);
