// Package lang holds every text that a person reads, in English and German.
//
// The catalogues are JSON files of i18next's form, one file a namespace and one
// folder a language: {"name": "text with {{param}}"}, nested by meaning, with
// the plural forms name_one and name_other chosen by the parameter count. Go
// reads them here for faults and papers; the front end imports the same files.
package lang
