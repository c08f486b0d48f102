Please confirm your email address
