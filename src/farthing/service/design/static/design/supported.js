// Before anything is drawn: says that scripts run, so that what they hide is not first shown.
document.body.className += " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
