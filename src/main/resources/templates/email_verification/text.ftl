Hello ${username},

please confirm that this email address is yours:

${verification_link}

If you did not ask for this, you need not do anything.
