// Brings the reader to the list of errors when a form comes back with some.

document.getElementById("error-summary")?.focus();
